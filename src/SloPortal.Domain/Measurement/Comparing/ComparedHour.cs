using SloPortal.Domain.Common;

namespace SloPortal.Domain.Measurement.Comparing;

/// <summary>What two measurements of the same thing counted in one hour.</summary>
public readonly record struct ComparedHour(DateTimeOffset Start, EventCounts First, EventCounts Second)
{
    public bool BothHaveData => First.HasData && Second.HasData;

    /// <summary>Good share of the first less that of the second, −1 to 1; null where one has no data.</summary>
    public double? Difference => First.Ratio - Second.Ratio;

    public ComparedHour Swap() => new(Start, Second, First);

    /// <summary>The whole hours of a stretch that begins with one.</summary>
    public static IReadOnlyList<ComparedHour> Of(MinuteCounts first, MinuteCounts second)
    {
        if (first.Covered != second.Covered)
            throw new ArgumentException($"{second.Covered} is not the stretch of the other, {first.Covered}.", nameof(second));
        return [.. Enumerable.Range(0, first.Minutes / 60).Select(hour => new ComparedHour(first.Start.AddHours(hour), first.In(hour * 60, hour * 60 + 60), second.In(hour * 60, hour * 60 + 60)))];
    }
}
