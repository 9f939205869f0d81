using SloPortal.Application.Incidents.Timeline;
using SloPortal.Application.Incidents.Timeline.Clocks;
using SloPortal.Application.Incidents.Timeline.Exchange;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Tests.Incidents.Timeline.Exchange;

public sealed class ExchangeTests
{
    private const string Balancer = "load balancer";

    private const string Csv = """
        Recorded_Time;who;Event;Kind;severity
        2026-11-10 12:02:07.123456;;"It answers 502; 3 of 4";note;5
        2026-11-10T11:03:00Z;omar;Take the pool out;decision;
        yesterday;omar;Nobody knows when;;
        2026-11-10 12:04:00;omar;;;
        2026-11-10 12:05:00;omar;"a quote that is open;;
        2026-11-10 12:06:00;omar;'=1+1;status;
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_Csv_GivesWhatIsGoodAndSaysWhatIsNotByLine()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();

        var read = (await ReadAsync(world, number, Csv)).Require();

        Assert.Equal(
            [(2, Noon("11:02:07.123456"), null, "It answers 502; 3 of 4", EntryKind.Note), (3, Noon("11:03"), "omar", "Take the pool out", EntryKind.Decision), (7, Noon("11:06"), "omar", "=1+1", EntryKind.Note)],
            read.Entries.Select(e => ((int)e.Place, e.At, e.Author, e.Text, e.Kind)));
        Assert.Equal([4L, 5, 6], read.Rest.Select(r => r.Place));
        Assert.StartsWith("\"yesterday\" is no time.", read.Rest[0].Why, StringComparison.Ordinal);
        Assert.Equal(("It does not say what happened.", "A quote is opened here and not closed."), (read.Rest[1].Why, read.Rest[2].Why));
        Assert.Single(await world.TimelineAsync(number));
    }

    [Theory]
    [InlineData("""[{"time":"2026-11-10T11:02:07.123456Z","body":"It answers 502","user":"omar"},{"at":"12:00"},7]""")]
    [InlineData("""{"entries":[{"occurredAt":"2026-11-10T12:02:07.123456+01:00","text":"It answers 502","author":"omar","time":{"at":"x"}},{"text":"a","at":"2026"},null]}""")]
    public async Task Read_Json_TakesListsAndWhatWasExported(string json)
    {
        await using var world = await IncidentWorld.CreateAsync();

        var read = (await ReadAsync(world, await world.DeclareAsync(), json)).Require();

        var entry = Assert.Single(read.Entries);
        Assert.Equal((Noon("11:02:07.123456"), "omar", "It answers 502"), (entry.At, entry.Author, entry.Text));
        Assert.Equal([2L, 3], read.Rest.Select(r => r.Place));
    }

    [Theory]
    [InlineData("", Balancer, "Choose a file first; this one is empty.")]
    [InlineData("a,b\n1,2", Balancer, "The first line names the columns, one of them \"time\" and one \"text\". This one names: a, b.")]
    [InlineData("[{", Balancer, "This is no JSON from line 1 on. Give an array of entries, or an object that has one as \"entries\".")]
    [InlineData("{\"a\":1}", Balancer, "Give an array of entries, or an object that has one as \"entries\".")]
    [InlineData("time,text", "Portal", "\"Portal\" is what the portal calls a source of its own. Give another name.")]
    public async Task Read_WhatIsNoFileOfEntries_SaysWhatToDo(string text, string source, string sentence)
    {
        await using var world = await IncidentWorld.CreateAsync();

        Assert.Equal(sentence, (await ReadAsync(world, await world.DeclareAsync(), text, source)).Refusal?.Message);
    }

    [Fact]
    public async Task Import_TheSameFileTwice_ChangesNothingAndHasAClockOfItsOwn()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var taken = await ConfirmedAsync(world, number);
        var import = world.Get<ImportEntries.Handler>();
        Assert.Equal(RefusalKind.Denied, (await import.HandleAsync(new(number, Balancer, taken, true), world.Auditor, Ct)).Refusal?.Kind);

        Assert.Equal(3, (await import.HandleAsync(new(number, Balancer, taken, true), world.Responder, Ct)).Require());
        world.Portal.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(0, (await import.HandleAsync(new(number, Balancer, taken, true), world.Commander, Ct)).Require());

        Assert.All((await ReadAsync(world, number, Csv)).Require().Entries, e => Assert.True(e.Known));
        var first = (await world.TimelineAsync(number)).Single(e => e.Body.StartsWith("It answers", StringComparison.Ordinal));
        Assert.Equal((Noon("11:02:07.123456"), "Rosa", Balancer, Provenance.EnteredLater), (first.OccurredAt, first.AuthorName, first.Source, first.Provenance));
        Assert.Equal(3, (await world.Get<ListClocks.Handler>().HandleAsync(new(number), world.Responder, Ct)).Require().Single(c => c.Clock == Balancer).Entries);
        Assert.Equal(4, (await world.TimelineAsync(number)).Count);
    }

    [Fact]
    public async Task Export_WithAClockThatIsOff_IsInTheOrderOfCorrectedTimesAndRecorded()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        (await world.Get<ImportEntries.Handler>().HandleAsync(new(number, Balancer, await ConfirmedAsync(world, number), true), world.Responder, Ct)).Require();
        (await world.Get<AddEntry.Handler>().HandleAsync(new(number, "Somebody calls", OccurredAt: Noon("11:02:30"), ConfirmUnusualTime: true), world.Responder, Ct)).Require();
        (await world.Get<GiveClockOffset.Handler>().HandleAsync(new(number, Balancer, -60, 2, "Compared."), world.Responder, Ct)).Require();

        var rows = await ExportAsync(world, number, world.Auditor);

        Assert.Equal(["Somebody calls", "It answers 502; 3 of 4", "Take the pool out", "=1+1"], rows.Where(r => r.Kind is EntryKind.Note or EntryKind.Decision).Select(r => r.Body));
        var moved = rows.Single(r => r.Body.StartsWith("It answers", StringComparison.Ordinal));
        Assert.Equal((Noon("11:02:07.123456"), Noon("11:03:07.123456"), -60m, 2m), (moved.OccurredAt, moved.Time.At, moved.Time.OffsetSeconds, moved.Time.UncertaintySeconds));
        Assert.Equal(rows.OrderBy(r => r.Time.At).Select(r => r.Id), rows.Select(r => r.Id));
        Assert.Equal((await world.TimelineAsync(number)).Select(e => e.Id).Order(), rows.Select(r => r.Id).Order());
        Assert.Equal(["Aino"], await world.AuditOfAsync("incident.timeline_exported"));
    }

    [Fact]
    public async Task Export_OfManyPortions_HasEachEntryOnce()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var many = Enumerable.Range(0, 2 * ExportTimeline.Portion + 7).Select(n => new ConfirmedEntry(Noon("11:00").AddSeconds(n * 37 % 1000), "omar", $"Line {n}")).ToList();
        (await world.Get<ImportEntries.Handler>().HandleAsync(new(number, Balancer, many, true), world.Responder, Ct)).Require();

        var rows = await ExportAsync(world, number, world.Responder);

        Assert.Equal(many.Count + 1, rows.Select(r => r.Id).Distinct().Count());
        Assert.Equal(rows.Select(r => r.Time.At).Order(), rows.Select(r => r.Time.At));
    }

    [Fact]
    public async Task Export_OfARestrictedIncident_IsNotThereForOthersAndNotRecorded()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync(restricted: true);

        var gone = Refusal.NotFound($"The incident INC-{number}");
        Assert.Equal(gone, (await world.Get<ExportTimeline.Handler>().HandleAsync(new(number, "csv"), world.Administrator, Ct)).Refusal);
        Assert.Equal(gone, (await ReadAsync(world, number, Csv)).Refusal);
        Assert.Empty(await world.AuditOfAsync("incident.timeline_exported"));
    }

    [Fact]
    public async Task Export_AsItWasKnown_LeavesOutWhatCameLater()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        (await world.Get<AddEntry.Handler>().HandleAsync(new(number, "Later"), world.Responder, Ct)).Require();

        Assert.Equal(2, (await ExportAsync(world, number, world.Responder)).Count);
        Assert.Single(await ExportAsync(world, number, world.Responder, IncidentWorld.Noon.AddSeconds(30)));
    }

    private static DateTimeOffset Noon(string time) => new(IncidentWorld.Noon.Date + TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);

    private static Task<Outcome<EntriesRead>> ReadAsync(IncidentWorld world, int number, string text, string source = Balancer) =>
        world.Get<ReadEntries.Handler>().HandleAsync(new(number, text, source, "Europe/Berlin"), world.Responder, Ct);

    private static async Task<List<ConfirmedEntry>> ConfirmedAsync(IncidentWorld world, int number) =>
        [.. (await ReadAsync(world, number, Csv)).Require().Entries.Select(e => new ConfirmedEntry(e.At, e.Author, e.Text, e.Kind))];

    private static async Task<List<EntryRow>> ExportAsync(IncidentWorld world, int number, Actor by, DateTimeOffset? knownAt = null)
    {
        var rows = new List<EntryRow>();
        await foreach (var row in (await world.Get<ExportTimeline.Handler>().HandleAsync(new(number, "csv", knownAt), by, Ct)).Require().Entries)
            rows.Add(row);
        return rows;
    }
}
