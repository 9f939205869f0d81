using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.Detection.Intake;
using SloPortal.Application.Incidents.Detection.Intake.Ledger;
using SloPortal.Application.Tests.Catalog;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.TestSupport;
using static SloPortal.Application.Tests.Incidents.Intake.SignalWorld;

namespace SloPortal.Application.Tests.Incidents.Intake;

public sealed class ReceiveSignalsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Receive_FireRepeatEnd_IsOneEpisodeWithThreeLines()
    {
        await using var world = await CreateAsync(postgres.ConnectionString);

        Assert.Equal(1, (await world.SendAsync(world.Fires())).Opened);
        Assert.Equal(1, (await world.SendAsync(world.Fires())).Repeated);
        Assert.Equal(1, (await world.SendAsync(world.Ended())).Resolved);
        Assert.Equal((0, 1), await world.SendAsync(world.Ended()) is var again ? (again.Resolved, again.Known) : default);

        var signal = Assert.Single(await world.SignalsAsync());
        Assert.Equal((SignalState.Resolved, 2, world.Now), (signal.State, signal.TimesReceived, signal.EndedAt));
        Assert.Equal(world.Service, signal.Labels["service"]);
        var ledger = await world.LedgerAsync();
        Assert.Equal([SignalEventKind.Fired, SignalEventKind.Repeated, SignalEventKind.Resolved], ledger.Select(e => e.Kind));
        Assert.Equal([null, SignalOutcome.Deduplicated, null], ledger.Select(e => e.Outcome));
        Assert.Equal((4L, 0L), await world.HealthAsync() is { } health ? (health.Taken, health.Unknown) : default);
    }

    [Fact]
    public async Task Receive_CopyAfterTheEnd_OpensNothing()
    {
        await using var world = await CreateAsync(postgres.ConnectionString);
        var fires = world.Fires();
        await world.SendAsync(fires);
        await world.SendAsync(world.Ended());

        var taken = await world.SendAsync(fires);

        Assert.Equal((0, 1), (taken.Opened, taken.Repeated));
        Assert.Single(await world.SignalsAsync());
        world.Catalog.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, (await world.SendAsync(world.Fires())).Opened);
    }

    [Fact]
    public async Task Receive_LabelNamesAServiceOfOthers_ConcernsItsOwner()
    {
        await using var world = await CreateAsync(postgres.ConnectionString);
        await using var others = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        var theirs = await others.AddServiceAsync("search", Ct);

        await world.SendAsync(world.Fires("a") with { Labels = new Dictionary<string, string> { ["service"] = theirs } }, world.Fires("b") with { Labels = new Dictionary<string, string> { ["slo_service"] = world.Service } }, world.Fires("c") with { Labels = new Dictionary<string, string>() });

        var signals = (await world.SignalsAsync()).ToDictionary(s => s.DedupKey);
        Assert.Equal(others.Owner.TeamIds.Single(), signals["a"].TeamId);
        Assert.Equal(world.Source.TeamId, signals["b"].TeamId);
        Assert.NotNull(signals["b"].ServiceId);
        Assert.Null(signals["c"].ServiceId);
        var listed = (await world.Catalog.Get<ListSignals.Handler>().HandleAsync(new ListSignals(Service: theirs), world.Catalog.Owner, Ct)).Require();
        Assert.Equal(world.Source.Name, Assert.Single(listed.Signals.Items).SourceName);
    }

    [Fact]
    public async Task Receive_DeliveryOfTheSameName_ChangesNothing()
    {
        await using var world = await CreateAsync(postgres.ConnectionString);
        var request = new ReceiveSignals(world.Source, [new(world.Fires("a"), "1"), new(world.Fires("b"), "2"), new(world.Fires("b"), "2")]);
        var receive = world.Catalog.Get<ReceiveSignals.Handler>();

        Assert.Equal((2, 1), (await receive.HandleAsync(request, world.Source.Actor, Ct)).Require() is var first ? (first.Opened, first.Known) : default);
        Assert.Equal((0, 3), (await receive.HandleAsync(request, world.Source.Actor, Ct)).Require() is var second ? (second.Opened, second.Known) : default);
        Assert.Equal(2, (await world.LedgerAsync()).Count);
    }

    /// <summary>Two portals, each with half of the flood in batches of 64 as Prometheus sends them, and each tenth alert sent by both.</summary>
    [Fact]
    public async Task Receive_TenThousandByTwoWriters_AreEachInTheLedgerOnce()
    {
        const int Alerts = 10_000;
        await using var world = await CreateAsync(postgres.ConnectionString);
        await using var other = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        int[] all = [.. Enumerable.Range(0, Alerts)];

        await Task.WhenAll(
            SendAllAsync(world.Catalog.Get<ReceiveSignals.Handler>(), all.Where(i => i % 2 == 0 || i % 10 == 5)),
            SendAllAsync(other.Get<ReceiveSignals.Handler>(), all.Where(i => i % 2 == 1 || i % 10 == 0)));

        var (signals, ledger) = (await world.SignalsAsync(), await world.LedgerAsync());
        Assert.Equal(Alerts, signals.Count);
        Assert.Equal(Alerts, signals.Select(s => s.DedupKey).Distinct().Count());
        Assert.Equal((Alerts, Alerts / 5), (ledger.Count(e => e.Kind == SignalEventKind.Fired), ledger.Count(e => e.Kind == SignalEventKind.Repeated)));
        Assert.Equal(Alerts, ledger.Where(e => e.Kind == SignalEventKind.Fired).Select(e => e.SignalId).Distinct().Count());
        Assert.Equal(Alerts + Alerts / 5, signals.Sum(s => s.TimesReceived));
        Assert.Equal(Alerts + Alerts / 5, (await world.HealthAsync())!.Taken);

        async Task SendAllAsync(ReceiveSignals.Handler receive, IEnumerable<int> which)
        {
            foreach (var batch in which.Chunk(64))
                (await receive.HandleAsync(new ReceiveSignals(world.Source, [.. batch.Select(i => new ReceivedSignal(world.Fires($"alert-{i}")))]), world.Source.Actor, Ct)).Require();
        }
    }

    [Fact]
    public async Task EndSilent_PastItsTime_EndsThenAndWaitsForADecision()
    {
        await using var world = await CreateAsync(postgres.ConnectionString);
        await world.SendAsync(world.Fires("silent") with { ExpiresAt = world.Now.AddMinutes(5) }, world.Fires("lasting"));
        var due = world.Now.AddMinutes(5);

        await world.Catalog.Create<EndSilentSignals>().RunAsync(due.AddSeconds(-1), Ct);
        Assert.All(await world.SignalsAsync(), s => Assert.Equal(SignalState.Firing, s.State));
        await world.Catalog.Create<EndSilentSignals>().RunAsync(due.AddSeconds(7), Ct);

        var signals = (await world.SignalsAsync()).ToDictionary(s => s.DedupKey);
        Assert.Equal((SignalState.Resolved, due), (signals["silent"].State, signals["silent"].EndedAt));
        Assert.Equal(SignalState.Firing, signals["lasting"].State);
        Assert.Equal((SignalEventKind.Resolved, null), (await world.LedgerAsync())[^1] is var last ? (last.Kind, last.DecidedAt) : default);
    }

    [Fact]
    public async Task Receive_FourDifferentWords_AreFoundByTheLedgersFilters()
    {
        await using var world = await CreateAsync(postgres.ConnectionString);
        await world.SendAsync(world.Fires("a"), world.Fires("100%_b"), world.Fires("c"), world.Fires("c"), world.Ended("a"));

        async Task<IReadOnlyList<string>> FoundAsync(ListSignals asked) =>
            [.. (await world.Catalog.Get<ListSignals.Handler>().HandleAsync(asked with { Source = world.Source.Id }, world.Catalog.Stranger, Ct)).Require().Signals.Items.Select(s => s.Title).Order(StringComparer.Ordinal)];

        Assert.Equal(["100%_b is full"], await FoundAsync(new(Text: "%_B")));
        Assert.Equal(["a is full"], await FoundAsync(new(State: SignalState.Resolved)));
        Assert.Equal(["c is full"], await FoundAsync(new(Outcome: SignalOutcome.Deduplicated)));
        Assert.Equal(3, (await FoundAsync(new(Waiting: true))).Count);
        Assert.Single(await FoundAsync(new(Page: 3, Size: 1)));
        var detail = (await world.Catalog.Get<GetSignal.Handler>().HandleAsync(new((await world.SignalsAsync()).Single(s => s.DedupKey == "c").Id), world.Catalog.Stranger, Ct)).Require();
        Assert.Equal((2, SignalEventKind.Repeated), (detail.TotalEvents, detail.Events[0].Kind));
    }

    [Fact]
    public async Task Report_TwiceWithinTheHour_CountsOnce()
    {
        await using var world = await CreateAsync(postgres.ConnectionString);
        var report = world.Catalog.Get<ReportProblem.Handler>();
        var request = new ReportProblem(world.Service, "Paying fails.\nThe button does nothing.", ReportReach.Several);

        var first = (await report.HandleAsync(request, world.Catalog.Stranger, Ct)).Require();
        Assert.Equal(first, (await report.HandleAsync(request, world.Catalog.Stranger, Ct)).Require());
        Assert.NotEqual(first, (await report.HandleAsync(request, world.Catalog.Owner, Ct)).Require());
        world.Catalog.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.NotEqual(first, (await report.HandleAsync(request, world.Catalog.Stranger, Ct)).Require());

        await using var db = await world.Catalog.OpenAsync(Ct);
        var signal = await db.Signals.AsNoTracking().SingleAsync(s => s.Id == first, Ct);
        Assert.Equal(("checkout: Paying fails.", SignalSeverity.Error, SignalOrigin.Report, SignalState.Resolved), (signal.Title, signal.Severity, signal.Origin, signal.State));
        Assert.Equal(RefusalKind.Invalid, (await report.HandleAsync(request with { Since = world.Now.AddHours(1) }, world.Catalog.Owner, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Denied, (await report.HandleAsync(request, world.Catalog.Owner with { Roles = [Role.Auditor] }, Ct)).Refusal?.Kind);
    }
}
