using SloPortal.Domain.Common;

namespace SloPortal.Domain.Objectives.Evidence;

/// <summary>One past window of a replay and what it attained (0 to 1).</summary>
public sealed record ReplayWindow(Interval Window, EventCounts Counts, double Attained)
{
    /// <summary>The share of the budget that was left at its end: 1 untouched, 0 spent, negative overspent.</summary>
    public double BudgetLeft(ObjectiveTarget target) => 1 - ((1 - Attained) / (double)target.AllowedFailureShare);
}
