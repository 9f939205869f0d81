using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Application.Incidents.Timeline.Marks;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Timeline.Marks;

namespace SloPortal.Application.Tests.Incidents.Timeline.Marks;

public sealed class PinTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<TimelineMarks> MarksAsync(IncidentWorld world, int number, DateTimeOffset? knownAt = null) =>
        (await world.Get<ListMarks.Handler>().HandleAsync(new(number, knownAt), world.Commander, Ct)).Require();

    private static async Task<TimelineEntry> NoteAsync(IncidentWorld world, int number, string body)
    {
        (await world.Get<AddEntry.Handler>().HandleAsync(new(number, body), world.Responder, Ct)).Require();
        return (await world.TimelineAsync(number))[^1];
    }

    private static Task<Outcome<int>> PinAsync(IncidentWorld world, int number, Guid entry, string? label = null, string? key = null, Actor? by = null) =>
        world.Get<PinEntry.Handler>().HandleAsync(new(number, entry, label, ClientKey: key), by ?? world.Responder, Ct);

    [Fact]
    public async Task Pin_ThenUnpin_IsInTheChainAndAsKnownAtAnyMoment()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var entry = await NoteAsync(world, number, "customers report 502 in the basket");
        (await PinAsync(world, number, entry.Id, "Customers see 502 since 11:50")).Require();
        var then = world.Now;
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        (await world.Get<UnpinEntry.Handler>().HandleAsync(new(number, entry.Id), world.Commander, Ct)).Require();

        Assert.Empty((await MarksAsync(world, number)).Pins);
        var pin = Assert.Single((await MarksAsync(world, number, then)).Pins);
        Assert.Equal(("Customers see 502 since 11:50", "Rosa", entry.Id, false), (pin.Label, pin.PinnedBy, pin.Entry, pin.IsCorrectedSince));
        var timeline = await world.TimelineAsync(number);
        Assert.Equal(["Rosa", "Ines"], timeline.Where(e => e.Kind == EntryKind.Pin).Select(e => e.AuthorName));
        Assert.True(Assert.Single((await world.Get<VerifyTimeline.Handler>().HandleAsync(new(number), world.Auditor, Ct)).Require()).IsIntact);
        Assert.Equal(["Rosa"], await world.AuditOfAsync("incident.entry_pinned"));
        Assert.Equal(["Ines"], await world.AuditOfAsync("incident.entry_unpinned"));
    }

    [Fact]
    public async Task Pin_AnEntryThatIsCorrectedLater_ShowsTheCorrectionAndCountsOnce()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var wrong = await NoteAsync(world, number, "all regions");
        (await PinAsync(world, number, wrong.Id, "All regions")).Require();
        var before = world.Now;
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var (body, of) in ((string, int)[])[("two regions", 0), ("one region", 1)])
        {
            var entry = (await world.TimelineAsync(number)).Where(e => e.Kind == EntryKind.Note).ElementAt(of);
            (await world.Get<CorrectEntry.Handler>().HandleAsync(new(number, entry.Id, body, "misread"), world.Commander, Ct)).Require();
        }

        var pin = Assert.Single((await MarksAsync(world, number)).Pins);
        Assert.Equal(("one region", true, wrong.Id), (pin.Body, pin.IsCorrectedSince, pin.First));
        Assert.Equal(("all regions", false), (Assert.Single((await MarksAsync(world, number, before)).Pins).Body, Assert.Single((await MarksAsync(world, number, before)).Pins).IsCorrectedSince));
        // The correction is the same fact.
        (await PinAsync(world, number, pin.Entry, "One region")).Require();
        Assert.Equal("One region", Assert.Single((await MarksAsync(world, number)).Pins).Label);
    }

    [Fact]
    public async Task Pin_MoreThanAreRead_IsRefusedUntilOneIsUnpinned()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var write = world.Get<WriteLine.Handler>();
        for (var i = 0; i < PinnedEntries.Most; i++)
            (await write.HandleAsync(new(number, $"/pin fact {i}"), world.Responder, Ct)).Require();
        var before = await world.TimelineAsync(number);

        Assert.Contains("Unpin one first", (await write.HandleAsync(new(number, "/pin one more", "key"), world.Responder, Ct)).Refusal!.Message, StringComparison.Ordinal);
        // Neither the note nor the pin.
        Assert.Equal(before.Count, (await world.TimelineAsync(number)).Count);

        (await world.Get<UnpinEntry.Handler>().HandleAsync(new(number, before.First(e => e.Body == "fact 0").Id), world.Responder, Ct)).Require();
        (await write.HandleAsync(new(number, "/pin one more", "key"), world.Responder, Ct)).Require();
        (await write.HandleAsync(new(number, "/pin one more", "key"), world.Responder, Ct)).Require();
        Assert.Equal(["fact 1", "fact 2", "fact 3", "fact 4", "fact 5", "fact 6", "one more"], (await MarksAsync(world, number)).Pins.Select(p => p.Body));
    }

    [Fact]
    public async Task Pin_ByNumberInALine_PinsThatEntry()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var entry = await NoteAsync(world, number, "rollback began");

        (await world.Get<WriteLine.Handler>().HandleAsync(new(number, $"/pin #{entry.Number} Rolling back"), world.Responder, Ct)).Require();

        Assert.Equal((entry.Id, "Rolling back"), (await MarksAsync(world, number)).Pins.Select(p => (p.Entry, p.Label)).Single());
        Assert.Equal(RefusalKind.NotFound, (await world.Get<WriteLine.Handler>().HandleAsync(new(number, "/pin #99"), world.Responder, Ct)).Refusal?.Kind);
        var pin = (await world.TimelineAsync(number))[^1];
        Assert.Equal(RefusalKind.Conflict, (await PinAsync(world, number, pin.Id)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Conflict, (await world.Get<CorrectEntry.Handler>().HandleAsync(new(number, pin.Id, "x", "y"), world.Commander, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task Pin_ByManyAtOnce_NeverExceedsTheList()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var notes = new List<TimelineEntry>();
        for (var i = 0; i < PinnedEntries.Most + 4; i++)
            notes.Add(await NoteAsync(world, number, $"fact {i}"));

        await Task.WhenAll(notes.Select(n => Task.Run(() => PinAsync(world, number, n.Id), Ct)));

        Assert.Equal(PinnedEntries.Most, (await MarksAsync(world, number)).Pins.Count);
    }

    [Fact]
    public async Task Any_OfARestrictedIncident_IsNotFoundForOthersAndAuditorsMayOnlyRead()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync(restricted: true);
        var entry = (await world.TimelineAsync(number))[0];

        Assert.Equal(RefusalKind.NotFound, (await world.Get<ListMarks.Handler>().HandleAsync(new(number), world.Administrator, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await PinAsync(world, number, entry.Id, by: world.Administrator)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await world.Get<LinkEvidence.Handler>().HandleAsync(new(number, entry.Id, new(EvidenceKind.Service, world.Service)), world.Administrator, Ct)).Refusal?.Kind);
        await MarksAsync(world, number);
        Assert.Contains(world.Commander.Name, await world.AuditOfAsync("incident.read"));
        var open = await world.DeclareAsync();
        Assert.Equal(RefusalKind.Denied, (await PinAsync(world, open, (await world.TimelineAsync(open))[0].Id, by: world.Auditor)).Refusal?.Kind);
        Assert.Empty((await world.Get<ListMarks.Handler>().HandleAsync(new(open), world.Auditor, Ct)).Require().Pins);
    }

    [Fact]
    public async Task Follow_WhatIsPinnedOrCorrected_BringsThePins()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var entry = await NoteAsync(world, number, "it began");
        var heads = (await world.Get<GetTimeline.Handler>().HandleAsync(new(number), world.Commander, Ct)).Require().Heads;
        var follow = world.Get<FollowTimeline.Handler>();

        (await PinAsync(world, number, entry.Id)).Require();
        var news = (await follow.HandleAsync(new(number, heads), world.Commander, Ct)).Require();
        Assert.Equal("it began", Assert.Single(news.Marks!.Pins).Body);
        await NoteAsync(world, number, "something else");
        Assert.Null((await follow.HandleAsync(new(number, news.Heads), world.Commander, Ct)).Require().Marks);
    }

    [Fact]
    public async Task Draft_OfAPostmortem_LeavesPinsOut()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        (await world.Get<WriteLine.Handler>().HandleAsync(new(number, "/pin the pool was exhausted"), world.Responder, Ct)).Require();

        var review = (await world.Get<SloPortal.Application.Reviews.Writing.DraftPostmortem.Handler>().HandleAsync(new(number), world.Commander, Ct)).Require();

        await using var db = await world.Portal.ContextAsync();
        var body = db.Postmortems.Single(p => p.Number == review).Body;
        Assert.Contains("the pool was exhausted", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Pinned entry", body, StringComparison.Ordinal);
    }
}
