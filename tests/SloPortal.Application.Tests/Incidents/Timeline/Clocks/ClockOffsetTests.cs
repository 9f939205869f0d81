using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Application.Incidents.Timeline.Clocks;
using SloPortal.Application.Incidents.Timeline.Marks;
using SloPortal.Application.Incidents.Timeline.Phases;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Timeline.Marks;
using SloPortal.Domain.Incidents.Timeline.Phases;

namespace SloPortal.Application.Tests.Incidents.Timeline.Clocks;

public sealed class ClockOffsetTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<IReadOnlyList<EntryRow>> NotesAsync(IncidentWorld world, int number, DateTimeOffset? knownAt = null, int skip = 0, int take = 100) =>
        (await world.Get<GetTimeline.Handler>().HandleAsync(new(number, knownAt, [EntryKind.Note], skip, take), world.Commander, Ct)).Require().Entries;

    private static Task<Outcome<int>> GiveAsync(IncidentWorld world, int number, string clock, decimal offset, decimal uncertainty = 0, Evidence? evidence = null, string? key = null) =>
        world.Get<GiveClockOffset.Handler>().HandleAsync(new(number, clock, offset, uncertainty, "Compared with the load balancer.", evidence, key), world.Responder, Ct);

    private static async Task ChatAsync(IncidentWorld world, int number, DateTimeOffset at, string text, string? from = null) =>
        (await world.Get<ImportChat.Handler>().HandleAsync(new(number, [new(at, "omar", text)], From: from), world.Responder, Ct)).Require();

    private static async Task SayAsync(IncidentWorld world, int number, string text, DateTimeOffset? at = null) =>
        (await world.Get<AddEntry.Handler>().HandleAsync(new(number, text, OccurredAt: at), world.Responder, Ct)).Require();

    [Fact]
    public async Task Give_AnOffset_OrdersByCorrectedTimesAndKeepsWhatWasSaid()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        await ChatAsync(world, number, world.Now.AddSeconds(-290), "restarting");
        await SayAsync(world, number, "errors fell", world.Now.AddSeconds(-300));
        var before = world.Now;
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["restarting", "errors fell"], (await NotesAsync(world, number)).Select(e => e.Body));

        (await GiveAsync(world, number, "chat", 30.000001m)).Require();

        var after = await NotesAsync(world, number);
        Assert.Equal(["errors fell", "restarting"], after.Select(e => e.Body));
        Assert.Equal(("chat", before.AddSeconds(-290), before.AddSeconds(-320).AddTicks(-10), 30.000001m), (after[1].Time.Clock, after[1].OccurredAt, after[1].Time.At, after[1].Time.OffsetSeconds));
        Assert.Equal("Rosa's watch", after[0].Time.Clock);
        // As it was known before, and page by page.
        Assert.Equal(["restarting", "errors fell"], (await NotesAsync(world, number, before)).Select(e => e.Body));
        Assert.Equal(["restarting"], (await NotesAsync(world, number, skip: 1, take: 1)).Select(e => e.Body));
        Assert.True(Assert.Single((await world.Get<VerifyTimeline.Handler>().HandleAsync(new(number), world.Auditor, Ct)).Require()).IsIntact);
        Assert.Equal(["Rosa"], await world.AuditOfAsync("incident.clock_offset_given"));
    }

    [Fact]
    public async Task Give_ToOneOfTwoChats_LeavesTheOtherAtItsWord()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        await ChatAsync(world, number, world.Now.AddSeconds(-300), "restarting", "Slack, payments");
        await ChatAsync(world, number, world.Now.AddSeconds(-310), "errors fell", " Teams ");
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));

        (await GiveAsync(world, number, "Slack, payments", 30)).Require();

        var notes = await NotesAsync(world, number);
        Assert.Equal([("errors fell", "Teams", 0m), ("restarting", "Slack, payments", 30m)], notes.Select(n => (n.Body, n.Time.Clock, n.Time.OffsetSeconds)));
    }

    [Theory]
    [InlineData("portal")]
    [InlineData("a\nb")]
    public async Task Import_ChatCalledAsThePortalsOwnOrInTwoLines_IsRefused(string from)
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();

        var refusal = (await world.Get<ImportChat.Handler>().HandleAsync(new(number, [new(world.Now, "omar", "restarting")], From: from), world.Responder, Ct)).Refusal;

        Assert.Contains(nameof(ImportChat.From), refusal!.Fields!.Keys);
    }

    [Fact]
    public async Task Give_Again_TheLastWordHoldsAndZeroTakesTheClockAtItsWord()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        await ChatAsync(world, number, world.Now.AddSeconds(-60), "restarting");
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        var first = (await GiveAsync(world, number, "chat", 30, key: "key")).Require();
        Assert.Equal(first, (await GiveAsync(world, number, "chat", 30, key: "key")).Require());
        Assert.Equal(RefusalKind.Conflict, (await GiveAsync(world, number, "chat", 30)).Refusal?.Kind);
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        (await GiveAsync(world, number, "chat", -10, 2)).Require();

        var row = Assert.Single(await NotesAsync(world, number));
        Assert.Equal((row.OccurredAt.AddSeconds(10), 2m), (row.Time.At, row.Time.UncertaintySeconds));
        (await GiveAsync(world, number, "chat", 0)).Require();
        Assert.Equal(row.OccurredAt, Assert.Single(await NotesAsync(world, number)).Time.At);
        Assert.Equal(3, (await world.TimelineAsync(number)).Count(e => e.Kind == EntryKind.Clock));
    }

    [Fact]
    public async Task Give_ToWhatNoEntryIsToldBy_NamesTheClocks()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();

        Assert.Contains("Its clocks are portal", (await GiveAsync(world, number, "chat", 3)).Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(RefusalKind.Invalid, (await GiveAsync(world, number, "portal", 0.0000001m)).Refusal?.Kind);
        var secret = await world.DeclareAsync(restricted: true);
        Assert.Equal(RefusalKind.NotFound, (await world.Get<ListClocks.Handler>().HandleAsync(new(secret), world.Administrator, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await world.Get<GiveClockOffset.Handler>().HandleAsync(new(secret, "portal", 1, 0, "x"), world.Administrator, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Denied, (await world.Get<GiveClockOffset.Handler>().HandleAsync(new(number, "portal", 1, 0, "x"), world.Auditor, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task Get_WhenPossibleTimesOverlap_SaysThatTheOrderIsOpen()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        await ChatAsync(world, number, world.Now.AddSeconds(-60), "restarting");
        await SayAsync(world, number, "errors fell", world.Now.AddSeconds(-63));
        await SayAsync(world, number, "far before", world.Now.AddSeconds(-300));
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(10));
        (await GiveAsync(world, number, "chat", 0, 5)).Require();

        Assert.Equal([("restarting", true), ("errors fell", true), ("far before", false)], (await NotesAsync(world, number)).Select(e => (e.Body, e.Time.IsOrderOpen)));
        (await GiveAsync(world, number, "chat", 0, 2)).Require();
        Assert.All(await NotesAsync(world, number), e => Assert.False(e.Time.IsOrderOpen));
    }

    [Fact]
    public async Task Correct_TheWordsAlone_KeepsTheClockAndAnotherTimeDoesNot()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        await ChatAsync(world, number, world.Now.AddSeconds(-300), "restartign");
        var said = (await world.TimelineAsync(number))[^1];
        var correct = world.Get<CorrectEntry.Handler>();
        (await correct.HandleAsync(new(number, said.Id, "restarting", "typo"), world.Commander, Ct)).Require();
        (await GiveAsync(world, number, "chat", 30)).Require();

        var words = (await NotesAsync(world, number)).Single(e => e.Corrects is not null);
        Assert.Equal(("chat", said.OccurredAt.AddSeconds(-30)), (words.Time.Clock, words.Time.At));
        (await correct.HandleAsync(new(number, words.Id, "restarting", "the log says so", world.Now.AddSeconds(-200)), world.Commander, Ct)).Require();
        var moved = (await NotesAsync(world, number)).Single(e => e.Corrects?.Id == words.Id);
        Assert.Equal(("Ines's watch", world.Now.AddSeconds(-200)), (moved.Time.Clock, moved.Time.At));
    }

    [Fact]
    public async Task Phases_OfAStatusByAWatchThatWasAhead_FollowTheCorrectedTime()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        (await world.Get<ChangeStatus.Handler>().HandleAsync(new(number, IncidentStatus.Mitigated, world.Now.AddMinutes(-3)), world.Commander, Ct)).Require();
        var at = world.Now.AddMinutes(-3);
        (await GiveAsync(world, number, "Ines's watch", 60)).Require();

        var phases = (await world.Get<GetPhases.Handler>().HandleAsync(new(number), world.Commander, Ct)).Require();

        Assert.Equal(at.AddMinutes(-1), phases.Phases[(int)Phase.Mitigated].At);
    }

    [Fact]
    public async Task Give_ToAnIncident_HoldsForWhatWasMergedIntoIt()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var (a, b) = (await world.DeclareAsync(title: "A"), await world.DeclareAsync(title: "B"));
        await ChatAsync(world, a, world.Now.AddSeconds(-60), "of a");
        await ChatAsync(world, b, world.Now.AddSeconds(-60), "of b");
        (await GiveAsync(world, a, "chat", 10)).Require();
        (await world.Get<MergeIncidents.Handler>().HandleAsync(new(a, b), world.Commander, Ct)).Require();

        Assert.Equal([("of a", 10m), ("of b", 0m)], (await NotesAsync(world, b)).Select(e => (e.Body, e.Time.OffsetSeconds)).OrderBy(e => e.Body));
        world.Portal.Clock.Advance(TimeSpan.FromSeconds(1));
        (await GiveAsync(world, b, "chat", 20)).Require();
        Assert.All(await NotesAsync(world, b), e => Assert.Equal(20, e.Time.OffsetSeconds));
    }

    [Fact]
    public async Task List_Clocks_CountsEntriesAndNamesWhoSaidWhatAndTheEvidence()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        await ChatAsync(world, number, world.Now.AddSeconds(-60), "restarting");
        (await GiveAsync(world, number, "chat", 12, 2, new(EvidenceKind.Address, "https://lb.example.com/log"))).Require();

        var clocks = (await world.Get<ListClocks.Handler>().HandleAsync(new(number), world.Auditor, Ct)).Require();

        Assert.Equal([("chat", 1, 12m, 2m, "Rosa"), ("portal", 1, 0m, 0m, null)], clocks.Select(c => (c.Clock, c.Entries, c.OffsetSeconds, c.UncertaintySeconds, c.By)));
        var link = Assert.Single((await world.Get<ListMarks.Handler>().HandleAsync(new(number), world.Commander, Ct)).Require().Links);
        Assert.Equal(("https://lb.example.com/log", clocks[0].Entry), (link.Title, link.Entry));
        Assert.Equal(RefusalKind.Invalid, (await GiveAsync(world, number, "chat", 13, 2, new(EvidenceKind.Address, "http://lb.example.com/log"))).Refusal?.Kind);
        Assert.Single((await world.TimelineAsync(number)), e => e.Kind == EntryKind.Clock);
    }
}
