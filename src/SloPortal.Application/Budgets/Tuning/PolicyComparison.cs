using System.Globalization;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets.Tuning;

/// <summary>Two sets of rules side by side, objective by objective.</summary>
internal sealed class PolicyComparison(AlertPolicy inForce, AlertPolicy tested, TimeZoneInfo zone)
{
    private static readonly TimeSpan Around = TimeSpan.FromHours(2);

    private readonly Side ofInForce = new(inForce);
    private readonly Side ofTested = new(tested);
    private readonly List<ObjectiveTested> objectives = [];
    private readonly List<PageChanges> changes = [];
    private readonly List<string> withoutHistory = [];
    private readonly List<string> nothingKnown = [];

    public TimeZoneInfo Zone => zone;

    public int Count => objectives.Count;

    public void HasNoHistory(TunedObjective objective) => withoutHistory.Add($"{objective.ServiceName}: {objective.Name}");

    /// <param name="objective">Whose history it is.</param>
    /// <param name="replay">The history.</param>
    /// <param name="known">What the reader knows.</param>
    /// <param name="open">What everybody does.</param>
    public ObjectiveTested Replay(TunedObjective objective, AlertReplay replay, IReadOnlyList<KnownInterval> known, IReadOnlyList<KnownInterval> open)
    {
        var pages = ofInForce.Add(replay, known, open);
        var others = inForce.RulesHash == tested.RulesHash ? ofTested.AddSame(ofInForce) : ofTested.Add(replay, known, open);
        var change = PageChanges.Between(pages, others);
        changes.Add(change);
        if (!pages.IsKnown)
            nothingKnown.Add($"{objective.ServiceName}: {objective.Name}");
        var one = new ObjectiveTested(
            objective.Service, objective.ServiceName, objective.Slug, objective.Name, replay.Span.Start, replay.Span.End,
            AlertFigures.Of([pages], zone), AlertFigures.Of([others], zone),
            Listed(pages.Alerts), Listed(others.Alerts), Listed(change.Gained), Listed(change.Lost),
            IntervalsOf(replay, known, pages, others),
            [.. OneFailure.In(replay, tested).Select(f => new LowTraffic(f.Rule.Name, f.Rule.Severity, f.MinuteShare, f.Rule.MinimumEvents, f.FewestEvents))]);
        objectives.Add(one);
        return one;

        List<TestedAlert> Listed(IReadOnlyList<JudgedAlert> alerts) => [.. alerts.TakeLast(TestedAlert.Most).Reverse()
            .Select(a => new TestedAlert(a.Alert.From, a.Alert.To, a.Alert.Lasts, a.IsTrue, a.Known?.Name, StoryOf(objective, a.Alert)))];
    }

    public PolicyTested Result(Guid? id, Guid policyId, DateTimeOffset now, int days) => new(
        id, policyId, now.AddDays(-days), now, days, zone.Id, inForce.RulesHash != tested.RulesHash, AlertJudgement.Tolerance.TotalMinutes, Sentence(),
        ofInForce.Tested(zone), ofTested.Tested(zone), [.. objectives.OrderByDescending(o => o.Gained.Count + o.Lost.Count).ThenByDescending(o => o.Tested.Alerts)], withoutHistory, nothingKnown);

    /// <summary>What everybody may see of it.</summary>
    public BackTestFigures Open() => new(
        [.. objectives.Select(o => $"{o.Service}/{o.Objective}")], ofInForce.Open(AlertSeverity.Page, zone), ofTested.Open(AlertSeverity.Page, zone),
        ofInForce.Open(AlertSeverity.Ticket, zone), ofTested.Open(AlertSeverity.Ticket, zone), OpenSentence());

    private string Sentence() => SentenceOf(ofInForce.Count(AlertSeverity.Page), ofTested.Count(AlertSeverity.Page), Names(c => c.NowMissed), Names(c => c.NowDetected));

    // No names: an incident may be restricted one day.
    private string OpenSentence()
    {
        var (was, now) = (ofInForce.Open(AlertSeverity.Page, zone), ofTested.Open(AlertSeverity.Page, zone));
        return SentenceOf(was.Alerts, now.Alerts, [], []) + (was.Known == 0 ? " Nothing is known of the time." : string.Create(
            CultureInfo.InvariantCulture, $" {now.Detected} of {now.Known} labelled intervals are detected instead of {was.Detected}."));
    }

    private List<string> Names(Func<PageChanges, IReadOnlyList<KnownInterval>> of) =>
        [.. changes.SelectMany(of).Select(k => k.Incident is not null ? k.Name.Split(' ')[0] : "a marked interval").Distinct()];

    private static string SentenceOf(int was, int now, List<string> missed, List<string> detected)
    {
        var more = Math.Abs(now - was) == 1 ? "1 page" : string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(now - was):N0} pages");
        var parts = new List<string> { now == was ? "As many pages" : now < was ? $"{more} fewer" : $"{more} more" };
        if (missed.Count > 0)
            parts.Add(string.Join(" and ", missed) + " missed");
        if (detected.Count > 0)
            parts.Add(string.Join(" and ", detected) + " newly detected");
        return string.Join(", ", parts) + ".";
    }

    private static List<TestedInterval> IntervalsOf(AlertReplay replay, IReadOnlyList<KnownInterval> known, AlertJudgement pages, AlertJudgement others)
    {
        var judged = pages.Intervals.Zip(others.Intervals).Select(p => new TestedInterval(
            p.First.Known.When.Start, p.First.Known.When.End, LabelKind.ShouldPage, p.First.Known.Name, p.First.Known.Incident, p.First.Known.Mark,
            pages.BudgetEvents is > 0 ? p.First.Bad / pages.BudgetEvents : null, p.First.ToDetect, p.First.ToReset, p.Second.ToDetect, p.Second.ToReset));
        var not = known.Where(k => k.Kind == LabelKind.ShouldNot && k.When.Intersect(replay.Span) is not null)
            .Select(k => new TestedInterval(k.When.Start, k.When.End, k.Kind, k.Name, k.Incident, k.Mark, null, null, null, null, null));
        return [.. judged.Concat(not).OrderByDescending(i => i.From)];
    }

    private static string StoryOf(TunedObjective objective, ReplayedAlert alert) =>
        $"/objectives/{objective.Path}?from={Text(alert.From - Around)}&to={Text(alert.To + Around)}";

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>One set of rules over all objectives.</summary>
    private sealed class Side(AlertPolicy policy)
    {
        private readonly List<Judged> known = [];
        private readonly List<Judged> open = [];

        private sealed record Judged(AlertJudgement Pages, AlertJudgement Tickets, IReadOnlyList<(ReplayedRule Rule, AlertJudgement Judgement)> Rules);

        public AlertJudgement Add(AlertReplay replay, IReadOnlyList<KnownInterval> byReader, IReadOnlyList<KnownInterval> byAnybody)
        {
            var rules = replay.Run(policy);
            known.Add(Judge(replay, rules, byReader));
            open.Add(byReader.Count == byAnybody.Count ? known[^1] : Judge(replay, rules, byAnybody));
            return known[^1].Pages;
        }

        public AlertJudgement AddSame(Side other)
        {
            known.Add(other.known[^1]);
            open.Add(other.open[^1]);
            return known[^1].Pages;
        }

        public int Count(AlertSeverity severity) => known.Sum(j => Of(j, severity).Alerts.Count);

        public AlertFigures Open(AlertSeverity severity, TimeZoneInfo zone) => AlertFigures.Of([.. open.Select(j => Of(j, severity))], zone);

        public SideTested Tested(TimeZoneInfo zone) => new(
            AlertFigures.Of([.. known.Select(j => j.Pages)], zone), AlertFigures.Of([.. known.Select(j => j.Tickets)], zone),
            [.. policy.Rules.Select((rule, i) => new RuleTested(
                rule.Name, rule.Severity, AlertFigures.Of([.. known.Where(j => j.Rules[i].Rule.LeftOut is null).Select(j => j.Rules[i].Judgement)], zone), known.Count(j => j.Rules[i].Rule.LeftOut is not null)))]);

        private static AlertJudgement Of(Judged judged, AlertSeverity severity) => severity == AlertSeverity.Page ? judged.Pages : judged.Tickets;

        private static Judged Judge(AlertReplay replay, IReadOnlyList<ReplayedRule> rules, IReadOnlyList<KnownInterval> known)
        {
            return new(Together(AlertSeverity.Page), Together(AlertSeverity.Ticket), [.. rules.Select(rule => (rule, AlertJudgement.Of(replay, rule.Alerts, known)))]);

            AlertJudgement Together(AlertSeverity severity) =>
                AlertJudgement.Of(replay, ReplayedAlert.Together(rules.Where(r => r.Rule.Severity == severity).Select(r => r.Alerts)), known);
        }
    }
}
