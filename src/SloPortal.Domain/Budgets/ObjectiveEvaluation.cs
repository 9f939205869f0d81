using SloPortal.Domain.Common;

namespace SloPortal.Domain.Budgets;

/// <summary>Who is evaluated: the objective, the version in force, and the newest minute with data, if any.</summary>
public sealed record EvaluationSubject(Guid ObjectiveId, Guid VersionId, DateTimeOffset? LastDataAt);

/// <summary>An alert that ended, and why when it was not the burn that fell.</summary>
public sealed record AlertEnding(Guid AlertId, AlertSeverity Severity, string? Reason);

/// <summary>One turn that people are told about.</summary>
/// <param name="AlertId">The alert that stands for all of its objective and severity.</param>
public sealed record Announcement(Guid AlertId, AlertSeverity Severity, NotificationEvent Event);

/// <summary>
/// What one evaluation of one objective found, ready to be stored.
/// <para>
/// A page or a ticket fires when either of its rules does, so people are told by severity, not by rule: when the first rule of a
/// severity fires and when the last one resolves. Every rule's alert is kept all the same.
/// </para>
/// </summary>
public sealed record ObjectiveEvaluation(
    BudgetState State,
    IReadOnlyList<AlertRuleState> Rules,
    IReadOnlyList<int> RemovedRules,
    IReadOnlyList<Alert> Opened,
    IReadOnlyList<AlertEnding> Ended,
    IReadOnlyList<Announcement> Announcements)
{
    private const string RuleChanged = "The rule was changed or no longer applies to the version in force.";

    /// <param name="subject">The objective.</param>
    /// <param name="plan">What was asked.</param>
    /// <param name="before">For each of the plan's instants, everything counted before it.</param>
    /// <param name="previous">The rule states that the last evaluation stored.</param>
    public static ObjectiveEvaluation Of(
        EvaluationSubject subject, EvaluationPlan plan, ReadOnlySpan<EventCounts> before, IReadOnlyList<AlertRuleState> previous)
    {
        var sums = new SumsAt(plan.Instants, before);
        var budget = Objectives.ErrorBudget.At(plan.At, sums.Since(plan.Window.At(plan.At).Start), plan.Target, plan.Window);
        var state = BudgetState.Of(subject, budget, BurnRate.Of(sums.Since(plan.HourStart), plan.Target), plan.At);

        var rules = new AlertRuleState[plan.Rules.Count];
        List<Alert> opened = [];
        List<AlertEnding> ended = [];
        List<int> removed = [];
        foreach (var old in previous)
        {
            if (plan.Rules.Any(planned => IsSame(planned, old)))
                continue;
            if (old.AlertId is { } orphan)
                ended.Add(new(orphan, old.Severity, RuleChanged));
            if (plan.Rules.All(planned => planned.Index != old.RuleIndex))
                removed.Add(old.RuleIndex);
        }

        for (var i = 0; i < rules.Length; i++)
        {
            var planned = plan.Rules[i];
            var old = previous.FirstOrDefault(state => IsSame(planned, state));
            var reading = new AlertReading(plan.At, sums.Since(plan.At - planned.Rule.LongWindow), sums.Since(plan.At - planned.Rule.ShortWindow));
            var memory = old is null ? AlertMemory.New(plan.At) : new(old.State, old.Since, old.NoDataSince);
            var step = AlertEvaluation.Next(memory, reading, planned.Rule, plan.Target, budget.Period.Length);
            var alertId = old?.AlertId;
            if (step.Transition is { Fired: true })
            {
                var alert = AlertOf(subject, planned, reading, step, budget.LeftShare);
                opened.Add(alert);
                alertId = alert.Id;
            }
            else if (alertId is { } firing && step.Memory.State != AlertState.Firing)
            {
                ended.Add(new(firing, planned.Rule.Severity, null));
                alertId = null;
            }

            rules[i] = RuleStateOf(subject, planned, step, alertId);
        }

        return new(state, rules, removed, opened, ended, AnnouncementsOf(previous, rules, opened, ended));
    }

    /// <summary>Ends everything that an objective had firing; for one that was archived.</summary>
    public static IReadOnlyList<AlertEnding> EndAll(IEnumerable<AlertRuleState> previous, string reason) =>
        [.. previous.Where(state => state.AlertId is not null).Select(state => new AlertEnding(state.AlertId!.Value, state.Severity, reason))];

    private static List<Announcement> AnnouncementsOf(
        IReadOnlyList<AlertRuleState> previous, AlertRuleState[] rules, List<Alert> opened, List<AlertEnding> ended)
    {
        var announcements = new List<Announcement>();
        foreach (var severity in opened.Select(alert => alert.Severity).Concat(ended.Select(ending => ending.Severity)).Distinct())
        {
            var was = previous.Any(state => state.Severity == severity && state.AlertId is not null);
            var burns = rules.Any(state => state.Severity == severity && state.AlertId is not null);
            if (!was && burns)
                announcements.Add(new(opened.First(alert => alert.Severity == severity).Id, severity, NotificationEvent.Fired));
            else if (was && !burns)
                announcements.Add(new(ended.Last(ending => ending.Severity == severity).AlertId, severity, NotificationEvent.Resolved));
        }

        return announcements;
    }

    // The place in the policy alone is not the rule: an edited policy may have another rule there.
    private static bool IsSame(PlannedRule planned, AlertRuleState state) =>
        planned.Index == state.RuleIndex && planned.Rule.Severity == state.Severity
        && planned.Rule.LongWindow == state.LongWindow && planned.Rule.ShortWindow == state.ShortWindow;

    private static AlertRuleState RuleStateOf(EvaluationSubject subject, PlannedRule planned, AlertStep step, Guid? alertId) => new()
    {
        ObjectiveId = subject.ObjectiveId,
        RuleIndex = planned.Index,
        Severity = planned.Rule.Severity,
        LongWindow = planned.Rule.LongWindow,
        ShortWindow = planned.Rule.ShortWindow,
        Factor = planned.Factor,
        State = step.Memory.State,
        Since = step.Memory.Since,
        NoDataSince = step.Memory.NoDataSince,
        LongBurn = step.LongBurn,
        ShortBurn = step.ShortBurn,
        AlertId = alertId,
    };

    private static Alert AlertOf(EvaluationSubject subject, PlannedRule planned, AlertReading reading, AlertStep step, double? left) => new()
    {
        Id = Guid.CreateVersion7(reading.At),
        ObjectiveId = subject.ObjectiveId,
        VersionId = subject.VersionId,
        RuleIndex = planned.Index,
        Severity = planned.Rule.Severity,
        LongWindow = planned.Rule.LongWindow,
        ShortWindow = planned.Rule.ShortWindow,
        Factor = planned.Factor,
        FiredAt = reading.At,
        LongBurn = step.LongBurn ?? 0,
        ShortBurn = step.ShortBurn ?? 0,
        LongGood = reading.Long.Good,
        LongTotal = reading.Long.Total,
        ShortGood = reading.Short.Good,
        ShortTotal = reading.Short.Total,
        LeftShare = left,
    };

    /// <summary>Running sums at a few instants; the windows all end at the last one.</summary>
    private readonly ref struct SumsAt(IReadOnlyList<DateTimeOffset> instants, ReadOnlySpan<EventCounts> before)
    {
        private readonly ReadOnlySpan<EventCounts> before = before;

        public EventCounts Since(DateTimeOffset start)
        {
            for (var i = 0; i < instants.Count; i++)
            {
                if (instants[i] == start)
                    return before[^1] - before[i];
            }

            throw new ArgumentException($"The plan does not read {start:O}.", nameof(start));
        }
    }
}
