using CsCheck;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Budgets.Tuning;

public class AlertReplayTests
{
    private static readonly DateTimeOffset Start = At.Utc("2026-04-29");
    private static readonly ObjectiveTarget Target = new(99m);

    private static readonly AlertPolicy Policy = new("Test", "", [
        new(AlertSeverity.Page, TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(5), 2m),
        new(AlertSeverity.Page, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(2), 0.5m, 40),
        new(AlertSeverity.Ticket, TimeSpan.FromMinutes(240), TimeSpan.FromMinutes(20), 1m),
        // Makes sense in a month of 31 days and not in one of 30: factor 0.9 × 31 ÷ 30.
        new(AlertSeverity.Ticket, TimeSpan.FromDays(1), TimeSpan.FromHours(2), 2.94m, 0),
    ]);

    // In Kolkata the month turns three and a half hours later: its length is part of every factor.
    private static readonly DateTimeOffset BeforeTheTurn = At.Utc("2026-04-30 15:00");

    private static readonly SloWindow[] Windows = [new RollingWindow(30), new CalendarWindow(CalendarPeriod.Month, "Asia/Kolkata"), new RollingWindow(7)];

    private static readonly BudgetingMethod[] Methods = [new Occurrences(), new TimeSlices(new SliceLength(5), new ObjectiveTarget(90m))];

    // Phases of minutes: all well, some failures, an outage, silence, trickle.
    private static readonly Gen<(int Length, double Total, double Bad)> Phase = Gen.Select(Gen.Int[1, 400], Gen.Int[0, 4]).Select((length, kind) => kind switch
    {
        0 => (length, 100d, 0d),
        1 => (length, 100d, 7d),
        2 => (length / 4 + 1, 80d, 80d),
        3 => (length / 2 + 1, 0d, 0d),
        _ => (length, 1d, 0.2d),
    });

    [Fact]
    public void Run_AnyHistory_EqualsTheLiveEvaluationMinuteByMinute() =>
        Gen.Select(Phase.Array[4, 12], Gen.Int[0, Windows.Length - 1].Select(i => Windows[i]), Gen.Int[0, Methods.Length - 1].Select(i => Methods[i])).Sample((phases, window, method) =>
        {
            var minutes = method.Count(Minutes(phases, BeforeTheTurn));
            var span = new Interval(BeforeTheTurn.AddMinutes(90), minutes.Covered.End);

            var replayed = new AlertReplay(method, Target, window, minutes, span).Run(Policy);

            var live = Live(method, window, minutes, span);
            for (var i = 0; i < Policy.Rules.Count; i++)
                Assert.Equal(live[i], [.. replayed[i].Alerts.Select(a => (a.From, a.Lasts ? (DateTimeOffset?)null : a.To))]);
        }, iter: 100);

    [Fact]
    public void Run_LooserRule_FiresWheneverTheStricterDoes() =>
        Gen.Select(Phase.Array[3, 20], Gen.Double[0.2, 1], Gen.Bool).Sample((phases, looser, fewerEvents) =>
        {
            var minutes = Minutes(phases);
            var replay = new AlertReplay(new Occurrences(), Target, Windows[0], minutes, minutes.Covered);
            var strict = Policy.Rules[1];
            var loose = strict with { BudgetSpentPercent = strict.BudgetSpentPercent * (decimal)looser, MinimumEvents = fewerEvents ? 0 : strict.MinimumEvents };

            var both = replay.Run(new AlertPolicy("", "", [strict, loose]));

            Assert.All(both[0].Alerts, alert => Assert.Contains(both[1].Alerts, wide => wide.From <= alert.From && alert.To <= wide.To));
        }, iter: 300);

    [Fact]
    public void Run_Outage_FiresAndResolvesAsTheLiveTestOfTheFormulaSays()
    {
        // All well for a day, all fails for twenty minutes, all well again. At 99.9 % the fast rule finds it within 52 s.
        var minutes = Minutes([(1440, 100, 0), (20, 100, 100), (600, 100, 0)]);
        var replay = new AlertReplay(new Occurrences(), new(99.9m), new RollingWindow(30), minutes, minutes.Covered);

        var page = Assert.Single(replay.Run(AlertPolicy.Workbook)[0].Alerts);

        Assert.Equal(new ReplayedAlert(Start.AddMinutes(1441), Start.AddMinutes(1465), false), page);
    }

    [Fact]
    public void Together_RulesThatTouchOrOverlap_AreOneAlert()
    {
        var (a, b) = (Alert(0, 10), Alert(10, 20));

        Assert.Equal([Alert(0, 20), Alert(21, 22)], ReplayedAlert.Together([[b], [a, Alert(21, 22)], [Alert(3, 4)]]));
        Assert.Equal([Alert(0, 10) with { Lasts = true }], ReplayedAlert.Together([[a], [Alert(5, 10) with { Lasts = true }]]));
    }

    internal static MinuteCounts Minutes(IEnumerable<(int Length, double Total, double Bad)> phases, DateTimeOffset? from = null)
    {
        var start = from ?? Start;
        var buckets = phases.SelectMany(p => Enumerable.Repeat(EventCounts.OfBad(p.Bad, p.Total), p.Length)).Select((c, i) => new CountBucket(start.AddMinutes(i), c)).ToList();
        return MinuteCounts.FromBuckets(new Interval(start, start.AddMinutes(buckets.Count)), buckets);
    }

    private static ReplayedAlert Alert(int from, int to) => new(Start.AddMinutes(from), Start.AddMinutes(to), false);

    /// <summary>Each minute a whole evaluation, as the pass makes and stores it.</summary>
    private static List<(DateTimeOffset, DateTimeOffset?)>[] Live(BudgetingMethod method, SloWindow window, MinuteCounts minutes, Interval span)
    {
        var subject = new EvaluationSubject(Guid.NewGuid(), Guid.NewGuid(), null);
        var alerts = Policy.Rules.Select(_ => new List<(DateTimeOffset From, DateTimeOffset? To)>()).ToArray();
        IReadOnlyList<AlertRuleState> states = [];
        for (var now = MinuteClock.Ceiling(span.Start, method.Step); now <= span.End; now = now.AddMinutes(1))
        {
            var plan = EvaluationPlan.For(method, Target, window, Policy, now);
            var before = plan.Instants.Select(instant => minutes.In(0, minutes.IndexOf(instant))).ToArray();
            var evaluation = ObjectiveEvaluation.Of(subject, plan, before, states);
            foreach (var ended in evaluation.Ended)
            {
                var rule = states.Single(s => s.AlertId == ended.AlertId).RuleIndex;
                alerts[rule][^1] = alerts[rule][^1] with { To = plan.At };
            }

            foreach (var opened in evaluation.Opened)
                alerts[opened.RuleIndex].Add((opened.FiredAt, null));
            states = evaluation.Rules;
        }

        return alerts;
    }
}
