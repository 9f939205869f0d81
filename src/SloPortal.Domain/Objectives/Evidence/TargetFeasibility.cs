using System.Globalization;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives.Dependencies;

namespace SloPortal.Domain.Objectives.Evidence;

/// <summary>
/// What speaks against a target, before it is agreed. None of it forbids the target. Whether its alerts can fire is
/// answered by <c>AlertPolicy.CheckAgainst</c>.
/// </summary>
public static class TargetFeasibility
{
    /// <summary>From this share of the budget on, one failure is worth a warning. Product policy.</summary>
    public const double MuchOfTheBudget = 0.1;

    /// <summary>A target is called above the history when fewer past windows than this met it. Product policy.</summary>
    public const double EnoughWindows = 0.5;

    /// <param name="target">The proposed target.</param>
    /// <param name="window">The proposed window.</param>
    /// <param name="unit">What is counted: "events", "minutes" or "slices".</param>
    /// <param name="eventsPerDay">Observed traffic, of that a day; null when none has been seen.</param>
    /// <param name="replay">The replay of this target and window.</param>
    /// <param name="now">Decides which calendar period is meant.</param>
    public static IReadOnlyList<FeasibilityFinding> Check(
        ObjectiveTarget target, SloWindow window, string unit, double? eventsPerDay, ReplayResult replay, DateTimeOffset now)
    {
        var findings = new List<FeasibilityFinding>();
        if (OneFailureMustNotSpendTheBudget(target, window, unit, eventsPerDay, now) is { } failure)
        {
            findings.Add(failure);
        }

        if (TargetMustNotExceedWhatHistoryShows(target, replay) is { } history)
        {
            findings.Add(history);
        }

        return findings;
    }

    public static FeasibilityFinding? OneFailureMustNotSpendTheBudget(
        ObjectiveTarget target, SloWindow window, string unit, double? eventsPerDay, DateTimeOffset now)
    {
        if (eventsPerDay is not > 0)
        {
            return null;
        }

        var events = eventsPerDay.Value * window.PeriodAt(now).TotalDays;
        var allowed = target.AllowedFailures(events);
        var traffic = string.Create(
            CultureInfo.InvariantCulture,
            $"At the observed traffic of about {events:N0} {unit} in the window, a target of {target} allows {(allowed < 1 ? "less than one failure" : $"{Math.Floor(allowed):N0} failures")}");
        if (allowed < 1)
        {
            return new(FeasibilityRule.OneFailureSpendsTheBudget, $"{traffic}: one failure spends the whole budget.");
        }

        return 1 / allowed >= MuchOfTheBudget
            ? new(FeasibilityRule.OneFailureSpendsMuchOfTheBudget, $"{traffic}: one failure spends {PercentText.Spent(1 / allowed)} of the budget.")
            : null;
    }

    public static FeasibilityFinding? TargetMustNotExceedWhatHistoryShows(ObjectiveTarget target, ReplayResult replay)
    {
        if (replay.Shortage is { } shortage)
        {
            return new(FeasibilityRule.HistoryIsTooShort, shortage);
        }

        if (replay.MetShare is not { } share || share >= EnoughWindows)
        {
            return null;
        }

        var held = replay.Held.FirstOrDefault(held => held.PercentOfWindows == 90)?.Percent;
        var advice = held is null ? "" : string.Create(CultureInfo.InvariantCulture, $" {held} % would have held in 90 % of them.");
        var best = replay is { Met: 0, Best: { } top } ? $" The best one attained {PercentText.Attained(top.Attained, target.Decimals)}." : "";
        return new(
            FeasibilityRule.TargetIsAboveTheHistory,
            string.Create(CultureInfo.InvariantCulture, $"Only {replay.Met:N0} of {replay.Windows:N0} past windows met {target}.{best}{advice}"));
    }

    /// <summary>A service is no better than what it cannot do without.</summary>
    /// <param name="target">The proposed target.</param>
    /// <param name="ceiling">Over a window of the same length.</param>
    /// <param name="leftOut">What the ceiling does not count, and why.</param>
    public static FeasibilityFinding? TargetMustNotExceedDependencyCeiling(ObjectiveTarget target, DependencyCeiling ceiling, IReadOnlyList<LeftOutDependency> leftOut)
    {
        if (ceiling.Observed >= (double)target.Ratio)
        {
            return null;
        }

        var weakest = ceiling.Counted[0];
        var unknown = leftOut.Count == 0 ? "" : $" Not counted: {string.Join(", ", leftOut.Select(l => l.Name))}.";
        return new(
            FeasibilityRule.TargetIsAboveTheDependencies,
            $"What this service cannot do without allowed {PercentText.Attained(ceiling.Observed, target.Decimals)} of the last window as its outages overlapped, " +
            $"{PercentText.Attained(ceiling.Independent, target.Decimals)} if they were independent: {target} is above that. " +
            $"The weakest is {weakest.Name} with {PercentText.Attained(weakest.Good, target.Decimals)}.{unknown}");
    }
}
