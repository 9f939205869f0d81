using CsCheck;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Escalation.Deciding;
using SloPortal.Domain.Incidents.Escalation.Quiet;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Domain.Tests.Incidents.Escalation;

public sealed class PagingDeskTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Team = Guid.NewGuid();
    private static readonly Guid Shop = Guid.NewGuid();
    private static readonly Guid Database = Guid.NewGuid();
    private static readonly Guid Policy = Guid.NewGuid();
    private static readonly Guid Person = Guid.NewGuid();

    private bool isSomebodyOnCall = true;

    [Fact]
    public void Decide_SeveralRulesFit_TakesTheFirst()
    {
        var desk = Desk(
            new(SignalSeverity.Info, Shop, PagingHours.Any, PagingAction.Record, null, []),
            new(SignalSeverity.Error, null, PagingHours.Any, PagingAction.Page, Policy, []));

        Assert.Equal(SignalOutcome.Recorded, desk.Decide(Signal(Shop, SignalSeverity.Critical), Noon).Outcome);
        Assert.Equal(SignalOutcome.Paged, desk.Decide(Signal(Database), Noon).Outcome);
        Assert.Equal(SignalOutcome.NoPolicy, desk.Decide(Signal(Database, SignalSeverity.Warning), Noon).Outcome);
    }

    [Fact]
    public void Decide_SameGroup_JoinsUntilThePageEnds()
    {
        var desk = Desk(Rule());
        var first = desk.Decide(Signal(Shop), Noon);
        Assert.Equal((SignalOutcome.JoinedPage, first.Page), (desk.Decide(Signal(Shop), Noon).Outcome, first.Page));

        desk.End(first.Page!);
        var next = desk.Decide(Signal(Shop), Noon.AddMinutes(1));
        Assert.Equal(SignalOutcome.Paged, next.Outcome);
        Assert.NotEqual(first.Page!.Id, next.Page!.Id);
    }

    [Fact]
    public void Decide_WorseThanATakenPage_CallsAgainOnce()
    {
        var desk = Desk(Rule());
        var page = desk.Decide(Signal(Shop), Noon).Page!;
        Assert.False(desk.Decide(Signal(Shop, SignalSeverity.Critical), Noon).CallsAgain);
        desk.End(page);
        page = desk.Decide(Signal(Shop), Noon).Page!;
        desk.Quieten(page.Id);
        Assert.True(desk.Decide(Signal(Shop, SignalSeverity.Critical), Noon).CallsAgain);
        Assert.False(desk.Decide(Signal(Shop, SignalSeverity.Critical), Noon).CallsAgain);
    }

    [Fact]
    public void Decide_WaitsForThree_CallsWithTheThirdWithinTheTime()
    {
        var desk = Desk(Rule(new QuietTerms(Signals: 3, WithinMinutes: 10)));

        var first = desk.Decide(Signal(Shop), Noon);
        Assert.Equal((SignalOutcome.Held, Noon.AddMinutes(10)), (first.Outcome, first.Hold!.Until));
        Assert.Equal(SignalOutcome.Held, desk.Decide(Signal(Shop, at: Noon.AddMinutes(1)), Noon.AddMinutes(1)).Outcome);
        // Another service is another group.
        Assert.Equal(SignalOutcome.Held, desk.Decide(Signal(Database, at: Noon.AddMinutes(2)), Noon.AddMinutes(2)).Outcome);
        Assert.Equal(SignalOutcome.Paged, desk.Decide(Signal(Shop, at: Noon.AddMinutes(9)), Noon.AddMinutes(9)).Outcome);
    }

    [Fact]
    public void Decide_WaitsForThreeAndFewerCome_RecordsItAfterTheTime()
    {
        var desk = Desk(Rule(new QuietTerms(Signals: 3, WithinMinutes: 10)));
        var signal = Signal(Shop);
        desk.Decide(signal, Noon);
        desk.Decide(Signal(Shop, at: Noon.AddMinutes(9)), Noon.AddMinutes(9));

        Assert.Equal(SignalOutcome.Recorded, desk.Decide(signal with { Held = SignalOutcome.Held, HeldSince = Noon }, Noon.AddMinutes(10)).Outcome);
        // The first has left the span, so this is the second.
        Assert.Equal(SignalOutcome.Held, desk.Decide(Signal(Shop, at: Noon.AddMinutes(11)), Noon.AddMinutes(11)).Outcome);
    }

    [Fact]
    public void Decide_SameSignalAgain_CountsOnce()
    {
        var desk = Desk(Rule(new QuietTerms(Signals: 2, WithinMinutes: 10)));
        var signal = Signal(Shop);

        Assert.Equal(SignalOutcome.Held, desk.Decide(signal, Noon).Outcome);
        Assert.Equal(SignalOutcome.Held, desk.Decide(signal with { Severity = SignalSeverity.Critical }, Noon.AddMinutes(1)).Outcome);
    }

    [Fact]
    public void Decide_NeededServiceHasAPage_IsInhibitedByOneAtLeastAsSevere()
    {
        var desk = Desk(Rule(new QuietTerms(UnderDependency: true)));
        var cause = desk.Decide(Signal(Database), Noon).Page!;

        var kept = desk.Decide(Signal(Shop), Noon);
        Assert.Equal((SignalOutcome.Inhibited, cause.Id, null), (kept.Outcome, kept.Hold!.UnderPage!.Value, kept.Hold.Until));
        Assert.Equal(SignalOutcome.Paged, desk.Decide(Signal(Shop, SignalSeverity.Critical), Noon).Outcome);
        desk.End(cause);
        Assert.Equal(SignalOutcome.JoinedPage, desk.Decide(Signal(Shop), Noon).Outcome);
        // Nothing is needed the other way round.
        Assert.Equal(SignalOutcome.Paged, desk.Decide(Signal(Database), Noon).Outcome);
    }

    [Fact]
    public void Decide_NobodyOnCall_WaitsAndThenCallsAllTheSame()
    {
        var desk = Desk(Rule(new QuietTerms(NobodyMinutes: 5)));
        isSomebodyOnCall = false;
        var signal = Signal(Shop);

        Assert.Equal(SignalOutcome.NoOneOnCall, desk.Decide(signal, Noon).Outcome);
        var waiting = signal with { Held = SignalOutcome.NoOneOnCall, HeldSince = Noon };
        Assert.Equal((SignalOutcome.NoOneOnCall, Noon.AddMinutes(5)), (desk.Decide(waiting, Noon.AddSeconds(295)).Outcome, desk.Decide(waiting, Noon.AddSeconds(295)).Hold!.Until));
        Assert.Equal(SignalOutcome.Paged, desk.Decide(waiting, Noon.AddMinutes(5)).Outcome);
    }

    [Fact]
    public void Decide_SomebodyComesOnCall_CallsThem()
    {
        var desk = Desk(Rule(new QuietTerms(NobodyMinutes: 60)));
        isSomebodyOnCall = false;
        var signal = Signal(Shop);
        desk.Decide(signal, Noon);
        isSomebodyOnCall = true;

        var verdict = desk.Decide(signal with { Held = SignalOutcome.NoOneOnCall, HeldSince = Noon }, Noon.AddMinutes(2));
        Assert.Equal(SignalOutcome.Paged, verdict.Outcome);
        Assert.Equal([Person], verdict.Page!.CalledFirst);
    }

    [Fact]
    public void Decide_AboveTheCap_CollectsInOnePageUntilTheHourHasPassed()
    {
        var desk = Desk(Rule(new QuietTerms(PagesPerHour: 2)));
        Assert.Equal(SignalOutcome.Paged, desk.Decide(Signal(Guid.NewGuid()), Noon).Outcome);
        Assert.Equal(SignalOutcome.Paged, desk.Decide(Signal(Guid.NewGuid()), Noon.AddMinutes(10)).Outcome);

        var collecting = desk.Decide(Signal(Guid.NewGuid()), Noon.AddMinutes(20));
        var more = desk.Decide(Signal(Guid.NewGuid()), Noon.AddMinutes(21));

        Assert.Equal((SignalOutcome.Capped, true), (collecting.Outcome, collecting.Opens));
        Assert.Equal((SignalOutcome.Capped, false, collecting.Page), (more.Outcome, more.Opens, more.Page));
        Assert.Null(collecting.Page!.ServiceId);
        desk.End(collecting.Page);
        // Three within the hour before 13:05: at 12:10, 12:20; the first has left.
        Assert.Equal(SignalOutcome.Capped, desk.Decide(Signal(Guid.NewGuid()), Noon.AddMinutes(65)).Outcome);
        Assert.Equal(SignalOutcome.Paged, desk.Decide(Signal(Guid.NewGuid()), Noon.AddMinutes(130)).Outcome);
    }

    [Fact]
    public void Decide_AboveACapThatRecords_CallsNobody()
    {
        var desk = Desk(Rule(new QuietTerms(PagesPerHour: 1, AboveCap: AboveCap.Record)));
        desk.Decide(Signal(Shop), Noon);

        var verdict = desk.Decide(Signal(Database), Noon);
        Assert.Equal((SignalOutcome.Capped, null), (verdict.Outcome, verdict.Page));
    }

    /// <summary>Whatever comes in whatever order: nobody gets more than the cap and the page that collects, in any hour.</summary>
    [Fact]
    public void Decide_AnyFlood_KeepsTheCap() => Gen.Select(Gen.Int[1, 5], Gen.Select(Gen.Int[0, 7200], Gen.Int[0, 9]).Array[1, 200]).Sample((cap, flood) =>
    {
        var desk = Desk(Rule(new QuietTerms(PagesPerHour: cap)));
        var services = Enumerable.Range(0, 10).Select(_ => Guid.NewGuid()).ToList();
        var opened = new List<DateTimeOffset>();
        foreach (var (second, service) in flood.OrderBy(f => f.Item1))
        {
            var verdict = desk.Decide(Signal(services[service], at: Noon.AddSeconds(second)), Noon.AddSeconds(second));
            Assert.True(verdict.Page is not null, "Everything that comes is on a page.");
            if (verdict.Opens)
                opened.Add(Noon.AddSeconds(second));
        }
        Assert.All(opened, at => Assert.InRange(opened.Count(o => o > at.AddHours(-1) && o <= at), 1, cap + 1));
    });

    private static PagingRule Rule(QuietTerms? quiet = null) => new(SignalSeverity.Error, null, PagingHours.Any, PagingAction.Page, Policy, [], quiet);

    private static SignalFacts Signal(Guid service, SignalSeverity severity = SignalSeverity.Error, DateTimeOffset? at = null) =>
        new(Guid.NewGuid(), Team, service, severity, new Dictionary<string, string>(), at ?? Noon);

    private PagingDesk Desk(params PagingRule[] rules) => new(
        (_, _) => new("Checkout", rules, (BusinessHours?)null),
        new Dictionary<Guid, PolicyTerms> { [Policy] = new("Primary", _ => isSomebodyOnCall ? [Person] : []) },
        new Dictionary<Guid, IReadOnlySet<Guid>> { [Shop] = new HashSet<Guid> { Database } }, Guid.NewGuid);
}
