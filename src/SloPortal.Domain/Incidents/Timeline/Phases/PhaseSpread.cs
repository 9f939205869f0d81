namespace SloPortal.Domain.Incidents.Timeline.Phases;

/// <summary>
/// How lengths are distributed. Percentiles are nearest ranks: each is a length that was, and that a reader can open. There is no mean, since a few long
/// incidents carry it (The VOID Report, 2021: durations are skewed, so that their means mislead).
/// </summary>
/// <param name="Count">How many there are.</param>
/// <param name="MedianSeconds">Null without any.</param>
/// <param name="P75Seconds">See <paramref name="MedianSeconds"/>.</param>
/// <param name="P90Seconds">See <paramref name="MedianSeconds"/>.</param>
/// <param name="MaxSeconds">See <paramref name="MedianSeconds"/>.</param>
public sealed record PhaseSpread(int Count, double? MedianSeconds, double? P75Seconds, double? P90Seconds, double? MaxSeconds)
{
    /// <summary>Below so many the nearest rank of 90 % is the longest of all, and one incident more moves every percentile. It is said beside them.</summary>
    public const int Few = 10;

    /// <summary>A percentile of these says less than the incidents themselves.</summary>
    public bool IsFew => Count < Few;

    /// <param name="lengths">Seconds.</param>
    public static PhaseSpread Of(IEnumerable<double> lengths)
    {
        double[] sorted = [.. lengths.Order()];
        return new(sorted.Length, Rank(50), Rank(75), Rank(90), Rank(100));

        // In whole hundredths, which need no rounding.
        double? Rank(int percent) => sorted.Length == 0 ? null : sorted[((sorted.Length * percent) + 99) / 100 - 1];
    }
}
