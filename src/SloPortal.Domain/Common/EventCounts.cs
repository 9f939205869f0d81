namespace SloPortal.Domain.Common;

/// <summary>
/// Good and total events of some stretch of time. Counters need not be whole numbers.
/// A total of zero is no data, never 100 %.
/// </summary>
public readonly record struct EventCounts(double Good, double Total)
{
    public static EventCounts None => default;

    public bool HasData => Total > 0;

    /// <summary>
    /// Events that were not good, never below zero and never above the total: two counters that are scraped apart can
    /// show more good than total for a moment.
    /// </summary>
    public double Bad => HasData ? Math.Clamp(Total - Good, 0, Total) : 0;

    /// <summary>Share of good events, 0 to 1; null when there was no event.</summary>
    public double? Ratio => HasData ? (Total - Bad) / Total : null;

    /// <summary>Share of events that were not good, 0 to 1; null when there was no event.</summary>
    public double? ErrorRatio => HasData ? Bad / Total : null;

    public static EventCounts operator +(EventCounts a, EventCounts b) => new(a.Good + b.Good, a.Total + b.Total);

    /// <summary>The difference of two running sums.</summary>
    public static EventCounts operator -(EventCounts a, EventCounts b) => new(a.Good - b.Good, a.Total - b.Total);

    public static EventCounts Add(EventCounts left, EventCounts right) => left + right;

    public static EventCounts Subtract(EventCounts left, EventCounts right) => left - right;

    /// <summary>Counts from good and failed events.</summary>
    public static EventCounts OfBad(double bad, double total) => new(total - bad, total);
}
