using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Domain.Budgets;

/// <summary>
/// How fast the budget goes: error ratio ÷ (1 − target). At 1 it is gone exactly at the end of the window, at 14.4 thirty
/// days of it last 50 hours (Google SRE Workbook, chapter 5).
/// </summary>
public static class BurnRate
{
    /// <summary>The burn rate of some counts; null when there was no event.</summary>
    public static double? Of(EventCounts counts, ObjectiveTarget target) =>
        counts.HasData ? counts.Bad / target.AllowedFailures(counts.Total) : null;

    /// <summary>The burn rate of a full outage, which no condition can exceed: 1 ÷ (1 − target).</summary>
    public static decimal Highest(ObjectiveTarget target) => 1m / target.AllowedFailureShare;

    /// <summary>How long a full budget lasts at a constant burn rate above zero: period ÷ burn.</summary>
    public static TimeSpan TimeToSpendAll(double burn, TimeSpan period) =>
        burn > 0 ? period / burn : throw new ArgumentOutOfRangeException(nameof(burn), burn, "The burn rate must be above zero.");
}
