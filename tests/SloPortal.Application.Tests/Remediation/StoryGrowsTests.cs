using SloPortal.Application.Budgets;
using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Reviews.Approval;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Access;

namespace SloPortal.Application.Tests.Remediation;

public sealed class StoryGrowsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetStory_IncidentPostmortemAndAction_AreOnTheAxisOfThoseWhoMaySeeThem()
    {
        await using var world = await ActionWorld.CreateAsync();
        var incident = await world.Incidents.DeclareAsync();
        var postmortem = (await world.Get<DraftPostmortem.Handler>().HandleAsync(new DraftPostmortem(incident), world.Member, Ct)).Require();
        var action = await world.CreateAsync(postmortem: postmortem);
        (await world.CompleteAsync(action)).Require();
        (await world.Get<SubmitForReview.Handler>().HandleAsync(new SubmitForReview(postmortem), world.Member, Ct)).Require();
        Assert.Equal([postmortem], (await WaitingAsync(world, world.Colleague)).Select(w => w.Number));
        Assert.Empty(await WaitingAsync(world, world.Member));
        Assert.Empty(await WaitingAsync(world, world.Incidents.Auditor));
        (await world.Get<ApprovePostmortem.Handler>().HandleAsync(new ApprovePostmortem(postmortem, 1), world.Colleague, Ct)).Require();
        (await world.Get<PublishPostmortem.Handler>().HandleAsync(new PublishPostmortem(postmortem), world.Colleague, Ct)).Require();
        world.Incidents.Portal.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal([("incident", incident, true), ("action", action, false), ("postmortem", postmortem, false)], await MarksAsync(world, world.Incidents.Responder));

        (await world.Get<RestrictIncident.Handler>().HandleAsync(new RestrictIncident(incident, []), world.Incidents.Commander, Ct)).Require();

        Assert.Empty(await MarksAsync(world, world.Incidents.Responder));
        Assert.Empty(await MarksAsync(world, world.Incidents.Administrator));
        Assert.Equal(3, (await MarksAsync(world, world.Incidents.Commander)).Count);
    }

    private static async Task<IReadOnlyList<WaitingReview>> WaitingAsync(ActionWorld world, Actor actor) =>
        (await world.Get<ListWaitingReviews.Handler>().HandleAsync(new ListWaitingReviews(), actor, Ct)).Value!;

    private static async Task<List<(string, int, bool)>> MarksAsync(ActionWorld world, Actor actor)
    {
        var story = (await world.Get<GetStory.Handler>().HandleAsync(new GetStory(world.Incidents.Service, "availability", "1h"), actor, Ct)).Require();
        return [.. story.Marks.Where(m => m.Number is not null).OrderBy(m => m.At).ThenBy(m => m.Kind).Select(m => (m.Kind, m.Number!.Value, m.Lasts))];
    }
}
