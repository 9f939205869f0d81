using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Application.Incidents.Timeline.Phases;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Timeline.Phases;

namespace SloPortal.Application.Tests.Incidents.Timeline.Phases;

public sealed class PhaseTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<PhasesRead> ReadAsync(IncidentWorld world, int number, Actor? by = null) =>
        (await world.Get<GetPhases.Handler>().HandleAsync(new(number), by ?? world.Commander, Ct)).Require();

    private static PhaseRow Of(PhasesRead read, Phase phase) => read.Phases[(int)phase];

    private static Task<Outcome<int>> AdjustAsync(IncidentWorld world, int number, Phase phase, DateTimeOffset? at, Actor? by = null, string? key = null) =>
        world.Get<AdjustPhase.Handler>().HandleAsync(new(number, phase, at, "The graph says so.", key, ConfirmUnusualTime: true), by ?? world.Responder, Ct);

    private static Task BecomeAsync(IncidentWorld world, int number, IncidentStatus to, DateTimeOffset? at = null) =>
        Required(world.Get<ChangeStatus.Handler>().HandleAsync(new(number, to, at, ConfirmUnusualTime: true), world.Commander, Ct));

    private static async Task Required<T>(Task<Outcome<T>> outcome) => (await outcome).Require();

    /// <summary>A page that an alert opened, and that somebody took.</summary>
    private static async Task<int> CallAsync(IncidentWorld world, Guid alert, DateTimeOffset openedAt, DateTimeOffset takenAt)
    {
        await using var db = await world.Portal.ContextAsync();
        var team = world.Objective.Service.OwnerTeamId;
        var page = new Page(Guid.CreateVersion7(), team, null, $"burns {alert}", "Burns", SignalSeverity.Critical, null, [], "A test", openedAt);
        page.Acknowledge(world.Responder.PersonId, world.Responder.Name, AcknowledgedAs.Paged, AcknowledgedVia.Portal, takenAt);
        var signal = new Signal(Guid.CreateVersion7(), null, SignalOrigin.BurnAlert, null, team,
            new SignalReading(SignalWord.Fires, alert.ToString(), "Burns", SignalSeverity.Critical, new Dictionary<string, string>(), StartedAt: openedAt), openedAt);
        signal.Join(page.Id);
        db.AddRange(page, signal);
        await db.SaveChangesAsync(Ct);
        return page.Number;
    }

    [Fact]
    public async Task Get_AnAlertThatCalled_IsDetectedByItAndAcknowledgedByThePage()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var alert = await world.AddAlertAsync(world.Now.AddMinutes(-6));
        var page = await CallAsync(world, alert, world.Now.AddMinutes(-5), world.Now.AddMinutes(-2));
        await world.FollowAsync();
        await BecomeAsync(world, number, IncidentStatus.Acknowledged);

        var read = await ReadAsync(world, number);

        var fired = (await world.TimelineAsync(number)).Single(e => e.Kind == EntryKind.Alert);
        Assert.Equal((world.Now.AddMinutes(-6), SignKind.Alert, (Guid?)fired.Id), (Of(read, Phase.Detected).At, Of(read, Phase.Detected).Derived!.From, Of(read, Phase.Detected).Derived!.Entry));
        Assert.Equal((world.Now.AddMinutes(-2), SignKind.PageTaken, (int?)page), (Of(read, Phase.Acknowledged).At, Of(read, Phase.Acknowledged).Derived!.From, Of(read, Phase.Acknowledged).Derived!.Page));
        Assert.Equal([240, 240, null, null], read.Lengths.Select(l => l.Seconds));
    }

    [Fact]
    public async Task Get_AStatusWhoseTimeWasCorrected_CountsAsCorrected()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        await BecomeAsync(world, number, IncidentStatus.Mitigated);
        var said = (await world.TimelineAsync(number)).Single(e => e.Kind == EntryKind.Status);
        await Required(world.Get<CorrectEntry.Handler>().HandleAsync(new(number, said.Id, said.Body, "The graph fell earlier", world.Now.AddMinutes(-4)), world.Responder, Ct));

        var mitigated = Of(await ReadAsync(world, number), Phase.Mitigated);

        Assert.Equal((world.Now.AddMinutes(-4), (Guid?)said.Id), (mitigated.At, mitigated.Derived!.Entry));
    }

    [Fact]
    public async Task Adjust_ThenTakeBack_KeepsWhatIsDerivedAndRecordsBoth()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(5));
        await BecomeAsync(world, number, IncidentStatus.Mitigated);
        var (derived, meant) = (world.Now, world.Now.AddMinutes(-3));

        var entry = (await AdjustAsync(world, number, Phase.Mitigated, meant, key: "k")).Require();
        Assert.Equal(entry, (await AdjustAsync(world, number, Phase.Mitigated, meant, key: "k")).Require());

        var adjusted = Of(await ReadAsync(world, number, world.Auditor), Phase.Mitigated);
        Assert.Equal((meant, derived, "The graph says so.", "Rosa"), (adjusted.At, adjusted.Derived!.At, adjusted.Adjusted!.Reason, adjusted.Adjusted.By));
        Assert.Contains((await world.TimelineAsync(number)), e => e.Number == entry && e.Kind == EntryKind.Phase && e.Body.StartsWith("Mitigated adjusted from 2026-11-10 12:05:00 UTC to 2026-11-10 12:02:00 UTC: ", StringComparison.Ordinal));
        Assert.Equal(["Rosa"], await world.AuditOfAsync("incident.phase_adjusted"));

        (await AdjustAsync(world, number, Phase.Mitigated, null)).Require();
        Assert.Equal((derived, null), (Of(await ReadAsync(world, number), Phase.Mitigated).At, Of(await ReadAsync(world, number), Phase.Mitigated).Adjusted));
        Assert.True((await world.Get<VerifyTimeline.Handler>().HandleAsync(new(number), world.Auditor, Ct)).Require()[0].IsIntact);
    }

    [Fact]
    public async Task Adjust_OutOfOrderOrByWhoMayNot_IsRefused()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var (number, hidden) = (await world.DeclareAsync(), await world.DeclareAsync(restricted: true));
        await BecomeAsync(world, number, IncidentStatus.Mitigated);

        Assert.Contains("Adjust that first", (await AdjustAsync(world, number, Phase.Mitigated, world.Now.AddMinutes(-30))).Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(RefusalKind.Denied, (await AdjustAsync(world, number, Phase.Mitigated, world.Now, world.Auditor)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await AdjustAsync(world, hidden, Phase.Began, world.Now, world.Administrator)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Conflict, (await AdjustAsync(world, number, Phase.Mitigated, null)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await world.Get<GetPhases.Handler>().HandleAsync(new(hidden), world.Administrator, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task Correct_AnEntryThatAdjusts_IsRefused()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        (await AdjustAsync(world, number, Phase.Began, world.Now.AddMinutes(-12))).Require();
        var entry = (await world.TimelineAsync(number)).Single(e => e.Kind == EntryKind.Phase);

        var refusal = (await world.Get<CorrectEntry.Handler>().HandleAsync(new(number, entry.Id, "x", "y"), world.Responder, Ct)).Refusal;

        Assert.Contains("Adjust the phase again", refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AfterAMerge_CountsTheFirstDeclarationAndAcknowledgementOfBoth()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var from = await world.DeclareAsync(title: "A");
        await BecomeAsync(world, from, IncidentStatus.Acknowledged);
        var (declared, into) = (world.Now, 0);
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(5));
        into = await world.DeclareAsync(title: "B");
        await Required(world.Get<MergeIncidents.Handler>().HandleAsync(new(from, into), world.Commander, Ct));

        var read = await ReadAsync(world, into);

        Assert.Equal((declared, declared), (Of(read, Phase.Detected).At, Of(read, Phase.Acknowledged).At));
        Assert.False((await ReadAsync(world, from)).MayAdjust);
    }

    [Fact]
    public async Task Times_OfASpan_LeaveOutWhatIsHiddenMergedOrOutside()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var (first, merged, hidden) = (await world.DeclareAsync(), await world.DeclareAsync(), await world.DeclareAsync(restricted: true));
        await BecomeAsync(world, first, IncidentStatus.Mitigated);
        await Required(world.Get<MergeIncidents.Handler>().HandleAsync(new(merged, first), world.Commander, Ct));
        var read = world.Get<ReadIncidentTimes.Handler>();

        var forAll = (await read.HandleAsync(new(), world.Administrator, Ct)).Require();
        var forReader = (await read.HandleAsync(new(), world.Commander, Ct)).Require();

        Assert.Equal([first], forAll.Incidents.Select(i => i.Number));
        Assert.Equal([hidden, first], forReader.Incidents.Select(i => i.Number));
        var spread = forReader.Spreads.Single(s => s is { Severity: IncidentSeverity.Sev2, Span: PhaseSpan.Mitigate });
        Assert.Equal((new PhaseSpread(1, 600, 600, 600, 600), 1), (spread.Spread, spread.Unknown));
        Assert.Empty((await read.HandleAsync(new(world.Now.AddDays(-9), world.Now.AddDays(-8)), world.Commander, Ct)).Require().Incidents);
        Assert.Equal(RefusalKind.Invalid, (await read.HandleAsync(new(world.Now, world.Now), world.Commander, Ct)).Refusal?.Kind);
    }
}
