using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Domain.Tests.Reviews;

public sealed class PostmortemTests
{
    private static readonly DateTimeOffset now = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid writer = Guid.NewGuid();
    private static readonly Guid reviewer = Guid.NewGuid();

    [Fact]
    public void States_InOrder_EndPublished()
    {
        var postmortem = InState(PostmortemState.Published);

        Assert.Equal((PostmortemState.Published, (Guid?)reviewer), (postmortem.State, postmortem.ApprovedBy));
    }

    [Fact]
    public void Approve_ByAWriter_IsDenied()
    {
        var postmortem = InState(PostmortemState.InReview);

        Assert.Equal(RefusalKind.Denied, postmortem.Approve(writer, [writer], now)?.Kind);
        Assert.Equal(PostmortemState.InReview, postmortem.State);
    }

    [Theory]
    [InlineData(PostmortemState.Draft, false, true, true, true)]
    [InlineData(PostmortemState.InReview, true, false, true, false)]
    [InlineData(PostmortemState.Approved, true, true, false, true)]
    [InlineData(PostmortemState.Published, true, true, true, true)]
    public void Transitions_EachState_RefuseWhatDoesNotFollow(PostmortemState state, bool submit, bool approve, bool publish, bool askForChanges)
    {
        Assert.Equal(submit, InState(state).Submit(now) is not null);
        Assert.Equal(approve, InState(state).Approve(reviewer, [writer], now) is not null);
        Assert.Equal(publish, InState(state).Publish(now) is not null);
        Assert.Equal(askForChanges, InState(state).AskForChanges() is not null);
    }

    [Theory]
    [InlineData(PostmortemState.Draft, true)]
    [InlineData(PostmortemState.InReview, true)]
    [InlineData(PostmortemState.Approved, false)]
    [InlineData(PostmortemState.Published, false)]
    public void TextAndFacts_OnlyBeforeApproval_Change(PostmortemState state, bool may)
    {
        var postmortem = InState(state);

        Assert.Equal(may, postmortem.Revise(new("T", "", "B"), writer, "W", now).Succeeded);
        Assert.Equal(may, postmortem.ChangeFacts(IncidentSeverity.Sev1, now, now, [], []) is null);
    }

    [Fact]
    public void ChangeFacts_EndBeforeStart_IsRefusedAndChangesNothing()
    {
        var postmortem = InState(PostmortemState.Draft);

        Assert.NotNull(postmortem.ChangeFacts(IncidentSeverity.Sev1, now, now.AddMinutes(-1), [], []));
        Assert.Null(postmortem.Severity);
    }

    private static Postmortem InState(PostmortemState state)
    {
        var postmortem = new Postmortem(Guid.NewGuid(), null, "T", now, writer);
        if (state >= PostmortemState.InReview)
            Assert.Null(postmortem.Submit(now));
        if (state >= PostmortemState.Approved)
            Assert.Null(postmortem.Approve(reviewer, [writer], now));
        if (state >= PostmortemState.Published)
            Assert.Null(postmortem.Publish(now));
        return postmortem;
    }
}
