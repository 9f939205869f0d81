using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Domain.Budgets;

/// <summary>
/// What one evaluation reads: the instants at which running sums are needed for the objective's own window, the last hour and
/// both windows of every rule that applies. It depends on the terms, the policy and the instant only, so that objectives that
/// share those share a plan.
/// </summary>
public sealed class EvaluationPlan
{
    private static readonly TimeSpan LastHour = TimeSpan.FromHours(1);

    private EvaluationPlan(
        DateTimeOffset at, ObjectiveTarget target, SloWindow window, IReadOnlyList<PlannedRule> rules, IReadOnlyList<ExcludedRule> excluded)
    {
        At = at;
        Target = target;
        Window = window;
        Rules = rules;
        Excluded = excluded;
        Instants = [.. rules.SelectMany(rule => new[] { at - rule.Rule.LongWindow, at - rule.Rule.ShortWindow })
            .Append(window.At(at).Start).Append(at - LastHour).Append(at).Distinct().Order()];
    }

    /// <summary>End of every window, a minute boundary.</summary>
    public DateTimeOffset At { get; }

    public ObjectiveTarget Target { get; }

    public SloWindow Window { get; }

    /// <summary>The rules that apply, with their place in the policy.</summary>
    public IReadOnlyList<PlannedRule> Rules { get; }

    public IReadOnlyList<ExcludedRule> Excluded { get; }

    /// <summary>Strictly ascending; the first is the start of the longest window, the last is <see cref="At"/>.</summary>
    public IReadOnlyList<DateTimeOffset> Instants { get; }

    /// <summary>Start of the last hour, whose burn is the present burn.</summary>
    internal DateTimeOffset HourStart => At - LastHour;

    /// <param name="method">Slices are judged when they have ended, so the windows end with the last whole one.</param>
    /// <param name="target">In force.</param>
    /// <param name="window">In force.</param>
    /// <param name="policy">Whose rules are evaluated.</param>
    /// <param name="now">A minute boundary.</param>
    public static EvaluationPlan For(BudgetingMethod method, ObjectiveTarget target, SloWindow window, AlertPolicy policy, DateTimeOffset now)
    {
        var at = method.Floor(now);
        var (rules, excluded) = RulesOf(method, target, policy, window.PeriodAt(at));
        return new(at, target, window, rules, excluded);
    }

    /// <summary>The rules of a policy that apply to a period of some length, and those that are left out.</summary>
    internal static (IReadOnlyList<PlannedRule> Rules, IReadOnlyList<ExcludedRule> Excluded) RulesOf(
        BudgetingMethod method, ObjectiveTarget target, AlertPolicy policy, TimeSpan period)
    {
        var rules = new List<PlannedRule>();
        var excluded = new List<ExcludedRule>();
        for (var i = 0; i < policy.Rules.Count; i++)
        {
            // The minimum keeps one failed event at night from waking somebody; a slice is a stretch of time already.
            var rule = method is Occurrences ? policy.Rules[i] : policy.Rules[i] with { MinimumEvents = 0 };
            if (rule.RefusalFor(target, period) is { } reason)
                excluded.Add(new(rule, reason));
            else
                rules.Add(new(i, rule, (double)rule.Factor(period)));
        }

        return (rules, excluded);
    }
}

/// <summary>A rule that applies.</summary>
/// <param name="Index">Its place in the policy, from 0.</param>
/// <param name="Factor">The burn above which it fires.</param>
public sealed record PlannedRule(int Index, AlertRule Rule, double Factor);
