using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Domain.Budgets.Tuning;

/// <summary>
/// A rule that a single failed event would have made fire, at the traffic that was seen: one failure of n burns 1 ÷ ((1 − target) × n), as
/// <see cref="Objectives.Evidence.TargetFeasibility.OneFailureMustNotSpendTheBudget"/> counts it for a whole window.
/// </summary>
/// <param name="MinuteShare">Of the evaluations, 0 to 1, at which one failure in the long window would have fired.</param>
/// <param name="FewestEvents">The least minimum of events at which one failure never fires.</param>
public sealed record OneFailure(AlertRule Rule, double MinuteShare, double FewestEvents)
{
    /// <summary>The rules of a policy for which that holds. Slices are stretches of time, of which one may well be enough.</summary>
    public static IReadOnlyList<OneFailure> In(AlertReplay replay, AlertPolicy policy)
    {
        if (replay.Method is not Occurrences || replay.Steps == 0)
            return [];
        var found = new List<OneFailure>();
        var period = replay.Window.PeriodAt(replay.Span.End);
        foreach (var planned in EvaluationPlan.RulesOf(replay.Method, replay.Target, policy, period).Rules)
        {
            var fewest = FewestFor(planned.Factor, replay.Target);
            var places = 0;
            for (var place = 0; place < replay.Steps; place++)
            {
                var events = replay.CountsAt(place, planned.Rule.LongWindow).Total;
                places += events >= 1 && events >= planned.Rule.MinimumEvents && events < fewest ? 1 : 0;
            }

            if (places > 0)
                found.Add(new(planned.Rule, (double)places / replay.Steps, fewest));
        }

        return found;
    }

    /// <summary>The smallest whole number of events of which one failure does not burn above the factor.</summary>
    internal static double FewestFor(double factor, ObjectiveTarget target)
    {
        var fewest = Math.Max(1, Math.Floor(1 / (factor * (double)target.AllowedFailureShare)) - 1);
        while (BurnRate.Of(EventCounts.OfBad(1, fewest), target) > factor)
            fewest++;
        return fewest;
    }
}
