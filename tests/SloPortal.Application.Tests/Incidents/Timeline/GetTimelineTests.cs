using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Tests.Incidents.Timeline;

public sealed class GetTimelineTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<TimelinePage> ReadAsync(IncidentWorld world, GetTimeline request) =>
        (await world.Get<GetTimeline.Handler>().HandleAsync(request, world.Commander, Ct)).Require();

    private static async Task AddAsync(IncidentWorld world, int number, string body, int minutesAgo = 0)
    {
        (await world.Get<AddEntry.Handler>().HandleAsync(new(number, body, OccurredAt: world.Now.AddMinutes(-minutesAgo)), world.Commander, Ct)).Require();
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Get_EntriesEnteredLater_StandWhereTheyHappened()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await AddAsync(world, number, "second");
        await AddAsync(world, number, "first", 5);
        await AddAsync(world, number, "third");

        Assert.Equal(["third", "second", "first"], (await ReadAsync(world, new(number, Kinds: [EntryKind.Note]))).Entries.Select(e => e.Body));
        Assert.Equal(["second"], (await ReadAsync(world, new(number, Kinds: [EntryKind.Note], Skip: 1, Take: 1))).Entries.Select(e => e.Body));
    }

    [Fact]
    public async Task Get_AsKnownAtAnyMoment_ShowsWhatHadBeenRecorded()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        var began = world.Now;
        await AddAsync(world, number, "vendor is down");
        var wrong = (await world.TimelineAsync(number))[^1];
        var said = world.Now;
        await AddAsync(world, number, "it began", 10);
        (await world.Get<CorrectEntry.Handler>().HandleAsync(new(number, wrong.Id, "vendor is healthy", "misread"), world.Commander, Ct)).Require();

        Assert.Empty((await ReadAsync(world, new(number, began.AddTicks(-10), [EntryKind.Note]))).Entries);
        var then = Assert.Single((await ReadAsync(world, new(number, said.AddSeconds(-1), [EntryKind.Note]))).Entries);
        Assert.Equal(("vendor is down", null), (then.Body, then.CorrectedBy));
        var now = await ReadAsync(world, new(number, null, [EntryKind.Note]));
        Assert.Equal(3, now.Total);
        Assert.NotNull(now.Entries.Single(e => e.Id == wrong.Id).CorrectedBy);
    }

    [Fact]
    public async Task Get_AfterMerges_ShowsAllOfThemFromTheMergeOn()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var (a, b, c) = (await world.DeclareAsync(title: "A"), await world.DeclareAsync(title: "B"), await world.DeclareAsync(title: "C"));
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await AddAsync(world, a, "of a");
        await AddAsync(world, b, "of b");
        await AddAsync(world, c, "of c");
        var merge = world.Get<MergeIncidents.Handler>();
        (await merge.HandleAsync(new(a, b), world.Commander, Ct)).Require();
        var between = world.Now;
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        (await merge.HandleAsync(new(b, c), world.Commander, Ct)).Require();

        Assert.Equal(["of c", "of b", "of a"], (await ReadAsync(world, new(c, Kinds: [EntryKind.Note]))).Entries.Select(e => e.Body));
        Assert.Equal(["of c"], (await ReadAsync(world, new(c, between, [EntryKind.Note]))).Entries.Select(e => e.Body));
        var verified = (await world.Get<VerifyTimeline.Handler>().HandleAsync(new(c), world.Commander, Ct)).Require();
        Assert.Equal((3, true), (verified.Count, verified.All(v => v.IsIntact)));
        // What was said in one of them can still be corrected.
        var old = (await world.TimelineAsync(a)).Single(e => e.Body == "of a");
        (await world.Get<CorrectEntry.Handler>().HandleAsync(new(c, old.Id, "of a, corrected", "typo"), world.Commander, Ct)).Require();
        Assert.NotNull((await ReadAsync(world, new(c))).Entries.Single(e => e.Id == old.Id).CorrectedBy);
    }

    [Fact]
    public async Task Follow_FromAReading_GivesEachNewEntryOnceAndMergedOnesWhole()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var (a, b) = (await world.DeclareAsync(title: "A"), await world.DeclareAsync(title: "B"));
        await AddAsync(world, a, "of a");
        var heads = (await ReadAsync(world, new(b))).Heads;
        var follow = world.Get<FollowTimeline.Handler>();

        await AddAsync(world, b, "news");
        var news = (await follow.HandleAsync(new(b, heads), world.Commander, Ct)).Require();
        Assert.Equal(["news"], news.Entries.Select(e => e.Body));
        Assert.Empty((await follow.HandleAsync(new(b, news.Heads), world.Commander, Ct)).Require().Entries);

        (await world.Get<MergeIncidents.Handler>().HandleAsync(new(a, b), world.Commander, Ct)).Require();
        var merged = (await follow.HandleAsync(new(b, news.Heads), world.Commander, Ct)).Require();
        Assert.Contains("of a", merged.Entries.Select(e => e.Body));
        Assert.Equal(2, merged.Heads.Count);
    }

    [Fact]
    public async Task AnyRead_OfARestrictedIncident_IsNotFoundForOthersAndRecordedForReaders()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync(restricted: true);
        var refusals = new[]
        {
            (await world.Get<GetTimeline.Handler>().HandleAsync(new(number), world.Administrator, Ct)).Refusal,
            (await world.Get<FollowTimeline.Handler>().HandleAsync(new(number, []), world.Administrator, Ct)).Refusal,
            (await world.Get<VerifyTimeline.Handler>().HandleAsync(new(number), world.Administrator, Ct)).Refusal,
            (await world.Get<PreviewLine.Handler>().HandleAsync(new(number, "x"), world.Administrator, Ct)).Refusal,
            (await world.Get<ReadChat.Handler>().HandleAsync(new(number, "x"), world.Administrator, Ct)).Refusal,
            (await world.Get<WriteLine.Handler>().HandleAsync(new(number, "x"), world.Administrator, Ct)).Refusal,
            (await world.Get<AddEntry.Handler>().HandleAsync(new(number, "x"), world.Administrator, Ct)).Refusal,
        };
        var none = (await world.Get<GetTimeline.Handler>().HandleAsync(new(999), world.Administrator, Ct)).Refusal!;
        Assert.All(refusals, r => Assert.Equal(none.Message.Replace("999", $"{number}", StringComparison.Ordinal), r!.Message));

        await ReadAsync(world, new(number));
        Assert.Contains(world.Commander.Name, await world.AuditOfAsync("incident.read"));
    }

    [Fact]
    public async Task Verify_AnEntryThatWasAltered_IsNamed()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        await AddAsync(world, number, "true");
        await AddAsync(world, number, "after");
        var altered = (await world.TimelineAsync(number)).Single(e => e.Body == "true");
        await using (var db = await world.Portal.ContextAsync())
        {
            await db.Database.ExecuteSqlAsync($"ALTER TABLE timeline_entries DISABLE TRIGGER USER", Ct);
            await db.Database.ExecuteSqlAsync($"UPDATE timeline_entries SET body = 'false' WHERE id = {altered.Id}", Ct);
            await db.Database.ExecuteSqlAsync($"ALTER TABLE timeline_entries ENABLE TRIGGER USER", Ct);
        }

        var chain = Assert.Single((await world.Get<VerifyTimeline.Handler>().HandleAsync(new(number), world.Auditor, Ct)).Require());

        Assert.Equal((false, altered.Number - 1), (chain.IsIntact, (int)chain.Entries));
        Assert.Contains($"entry {altered.Number} was altered", chain.Broken, StringComparison.Ordinal);
    }
}
