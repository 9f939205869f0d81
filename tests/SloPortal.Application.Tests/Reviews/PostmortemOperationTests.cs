using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Reviews.Approval;
using SloPortal.Application.Reviews.Revisions;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Writing;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Reviews;

public sealed class PostmortemOperationTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Draft_OfAnIncident_HoldsItsFactsAndComesOnce()
    {
        await using var world = await ReviewWorld.CreateAsync(postgres.ConnectionString, Ct);

        var read = await world.ReadAsync(Ct);
        var again = await world.Catalog.Get<DraftPostmortem.Handler>().HandleAsync(new DraftPostmortem(world.Incident), world.Other, Ct);

        Assert.Equal((PostmortemState.Draft, 1, "Orders failed."), (read.State, read.Revision, read.Summary));
        Assert.Equal(world.Incident, read.Incident?.Number);
        Assert.Single(read.Services);
        Assert.Equal(RefusalKind.Conflict, again.Refusal?.Kind);
        Assert.Contains(read.Code, again.Refusal?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_OnAnOlderRevisionElsewhere_MergesAndNamesTheOther()
    {
        await using var world = await ReviewWorld.CreateAsync(postgres.ConnectionString, Ct);
        var first = (await world.SaveAsync(world.Writer, 1, "one\ntwo\nthree", Ct)).Require();
        (await world.SaveAsync(world.Writer, first.Revision, "ONE\ntwo\nthree", Ct)).Require();

        var merged = (await world.SaveAsync(world.Other, first.Revision, "one\ntwo\nTHREE", Ct)).Require();

        Assert.Equal("ONE\ntwo\nTHREE", merged.Text.Body);
        Assert.Equal(world.Writer.Name, merged.MergedWith);
        Assert.Equal("ONE\ntwo\nTHREE", (await world.ReadAsync(Ct)).Body);
    }

    [Fact]
    public async Task Save_SameLines_SavesNothingAndGivesBothTexts()
    {
        await using var world = await ReviewWorld.CreateAsync(postgres.ConnectionString, Ct);
        var first = (await world.SaveAsync(world.Writer, 1, "one\ntwo", Ct)).Require();
        (await world.SaveAsync(world.Writer, first.Revision, "one\nours", Ct)).Require();

        var refused = (await world.SaveAsync(world.Other, first.Revision, "one\ntheirs", Ct)).Require();

        Assert.Equal(("one\ntheirs", "one\nours"), (refused.Conflict?.Mine.Body, refused.Conflict?.Theirs.Body));
        Assert.Equal("one\nours", (await world.ReadAsync(Ct)).Body);
        Assert.Equal(3, (await world.ReadAsync(Ct)).Revision);
    }

    [Fact]
    public async Task Save_SentTwice_IsOneRevision()
    {
        await using var world = await ReviewWorld.CreateAsync(postgres.ConnectionString, Ct);
        var first = (await world.SaveAsync(world.Writer, 1, "text", Ct)).Require();

        var again = (await world.SaveAsync(world.Writer, 1, "text", Ct)).Require();

        Assert.Equal(first.Revision, again.Revision);
        Assert.Equal(2, (await world.ReadAsync(Ct)).Revision);
    }

    [Fact]
    public async Task Save_ManyAtTheSameMoment_KeepsEveryLine()
    {
        await using var world = await ReviewWorld.CreateAsync(postgres.ConnectionString, Ct);
        var lines = Enumerable.Range(0, 8).SelectMany(i => new[] { $"line {i}", "" }).ToArray();
        var start = (await world.SaveAsync(world.Writer, 1, string.Join('\n', lines), Ct)).Require();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            var mine = lines.ToArray();
            mine[2 * i] = $"changed {i}";
            Assert.Null((await world.SaveAsync(i % 2 == 0 ? world.Writer : world.Other, start.Revision, string.Join('\n', mine), Ct)).Require().Conflict);
        }));

        var read = await world.ReadAsync(Ct);
        Assert.All(Enumerable.Range(0, 8), i => Assert.Contains($"changed {i}", read.Body, StringComparison.Ordinal));
        Assert.Equal(start.Revision + 8, read.Revision);
    }

    [Fact]
    public async Task Save_OverOneMegabyte_IsRefusedWithTheReason()
    {
        await using var world = await ReviewWorld.CreateAsync(postgres.ConnectionString, Ct);

        var refused = await world.SaveAsync(world.Writer, 1, new string('ä', TextRules.MostBytes / 2 + 1), Ct);

        Assert.Equal(TextRules.TooLong, refused.Refusal?.Message);
        Assert.True((await world.SaveAsync(world.Writer, 1, new string('ä', TextRules.MostBytes / 2), Ct)).Succeeded);
    }

    [Fact]
    public async Task Approve_BySomebodyWhoWroteAnyRevision_IsDeniedAndByAnotherPublishes()
    {
        await using var world = await ReviewWorld.CreateAsync(postgres.ConnectionString, Ct);
        (await world.Catalog.Get<SubmitForReview.Handler>().HandleAsync(new SubmitForReview(world.Number), world.Writer, Ct)).Require();

        var own = await ApproveAsync(world, world.Writer, 1);
        var unread = await ApproveAsync(world, world.Other, 0);
        (await ApproveAsync(world, world.Other, 1)).Require();
        (await world.Catalog.Get<PublishPostmortem.Handler>().HandleAsync(new PublishPostmortem(world.Number), world.Writer, Ct)).Require();

        Assert.Equal(RefusalKind.Denied, own.Refusal?.Kind);
        Assert.Equal(RefusalKind.Conflict, unread.Refusal?.Kind);
        var read = await world.ReadAsync(Ct);
        Assert.Equal((PostmortemState.Published, world.Other.Name), (read.State, read.ApprovedBy));
        Assert.Equal(RefusalKind.Conflict, (await world.SaveAsync(world.Writer, 1, "late", Ct)).Refusal?.Kind);
        await using var db = await world.Catalog.OpenAsync(Ct);
        Assert.Contains(await db.Notices.Where(n => n.PersonId == world.Writer.PersonId).Select(n => n.Text).ToListAsync(Ct), t => t.Contains("approved", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AskForChanges_WithAReason_GoesBackToDraftAndStandsAmongTheComments()
    {
        await using var world = await ReviewWorld.CreateAsync(postgres.ConnectionString, Ct);
        (await world.Catalog.Get<SubmitForReview.Handler>().HandleAsync(new SubmitForReview(world.Number), world.Writer, Ct)).Require();

        (await world.Catalog.Get<AskForChanges.Handler>().HandleAsync(new AskForChanges(world.Number, "Say how it was found."), world.Other, Ct)).Require();
        var comment = Assert.Single((await world.ReadAsync(Ct)).Comments);
        (await world.Catalog.Get<SettleComment.Handler>().HandleAsync(new SettleComment(world.Number, comment.Id), world.Writer, Ct)).Require();

        var read = await world.ReadAsync(Ct);
        Assert.Equal((PostmortemState.Draft, "Say how it was found.", world.Writer.Name), (read.State, read.Comments[0].Body, read.Comments[0].SettledBy));
    }

    [Fact]
    public async Task ChangeFacts_FactorsOfTheTaxonomy_AreKeptAndOthersRefused()
    {
        await using var world = await ReviewWorld.CreateAsync(postgres.ConnectionString, Ct);
        Task<Outcome<Done>> ChangeAsync(string factor) => world.Catalog.Get<ChangeFacts.Handler>().HandleAsync(
            new ChangeFacts(world.Number, null, null, null, [], [new FactorNote(factor, "How.")]), world.Writer, Ct);

        (await ChangeAsync("process")).Require();
        (await ChangeAsync("tooling")).Require();
        var blamed = await ChangeAsync("somebody");

        Assert.Equal("tooling", Assert.Single((await world.ReadAsync(Ct)).Factors).Factor);
        Assert.Equal(RefusalKind.Invalid, blamed.Refusal?.Kind);
    }

    [Fact]
    public async Task EveryOperation_OnARestrictedIncidents_IsNotFoundForOthersAndReadingIsRecorded()
    {
        await using var world = await ReviewWorld.CreateAsync(postgres.ConnectionString, Ct);
        await world.RestrictAsync(Ct, world.Writer.PersonId);
        var (number, get) = (world.Number, world.Catalog);
        var missing = (await get.Get<GetPostmortem.Handler>().HandleAsync(new GetPostmortem(int.MaxValue), world.Other, Ct)).Refusal!;

        Refusal?[] refusals =
        [
            (await get.Get<GetPostmortem.Handler>().HandleAsync(new GetPostmortem(number), world.Other, Ct)).Refusal,
            (await world.SaveAsync(world.Other, 1, "x", Ct)).Refusal,
            (await get.Get<ListRevisions.Handler>().HandleAsync(new ListRevisions(number), world.Other, Ct)).Refusal,
            (await get.Get<CompareRevisions.Handler>().HandleAsync(new CompareRevisions(number, 1, 1), world.Other, Ct)).Refusal,
            (await get.Get<SubmitForReview.Handler>().HandleAsync(new SubmitForReview(number), world.Other, Ct)).Refusal,
            (await ApproveAsync(world, world.Other, 1)).Refusal,
            (await get.Get<AskForChanges.Handler>().HandleAsync(new AskForChanges(number, "x"), world.Other, Ct)).Refusal,
            (await get.Get<PublishPostmortem.Handler>().HandleAsync(new PublishPostmortem(number), world.Other, Ct)).Refusal,
            (await get.Get<TakeBack.Handler>().HandleAsync(new TakeBack(number, "x"), world.Other, Ct)).Refusal,
            (await get.Get<AddComment.Handler>().HandleAsync(new AddComment(number, "x"), world.Other, Ct)).Refusal,
            (await get.Get<SettleComment.Handler>().HandleAsync(new SettleComment(number, Guid.Empty), world.Other, Ct)).Refusal,
            (await get.Get<ChangeFacts.Handler>().HandleAsync(new ChangeFacts(number, null, null, null, [], []), world.Other, Ct)).Refusal,
            (await get.Get<SayEditing.Handler>().HandleAsync(new SayEditing(number, Guid.NewGuid()), world.Other, Ct)).Refusal,
        ];

        Assert.All(refusals, r => Assert.Equal(missing.Message.Replace($"{int.MaxValue}", $"{number}", StringComparison.Ordinal), r?.Message));
        await world.ReadAsync(Ct);
        await using var db = await world.Catalog.OpenAsync(Ct);
        Assert.Equal(1, await db.AuditEntries.CountAsync(e => e.Action == "postmortem.read" && e.SubjectName == Postmortem.CodeOf(number), Ct));
    }

    [Fact]
    public async Task Save_ByAnAuditor_IsDenied()
    {
        await using var world = await ReviewWorld.CreateAsync(postgres.ConnectionString, Ct);

        var denied = await world.SaveAsync(world.Other with { Roles = [Role.Auditor] }, 1, "x", Ct);

        Assert.Equal(RefusalKind.Denied, denied.Refusal?.Kind);
    }

    private static Task<Outcome<Done>> ApproveAsync(ReviewWorld world, Actor actor, int revision) =>
        world.Catalog.Get<ApprovePostmortem.Handler>().HandleAsync(new ApprovePostmortem(world.Number, revision), actor, Ct);
}
