namespace SloPortal.Domain.Measurement;

/// <summary>
/// Turns an exponential histogram into counts up to fixed bounds. A bucket with the index i holds what is above base^i and at most base^(i+1), with base =
/// 2^(2^−scale) (OpenTelemetry specification, metrics data model, exponential histogram). A sender may change the scale at any time, and every scale
/// that is not below zero has the powers of two among its bounds: at these, and only at these, the counts are exact and stay comparable.
/// </summary>
public static class ExponentialBuckets
{
    /// <summary>The exponent of the lowest bound: about a thousandth.</summary>
    public const int LowestExponent = -10;

    /// <summary>The exponent of the highest bound: about a thousand million, as for bytes or milliseconds.</summary>
    public const int HighestExponent = 30;

    /// <summary>The scales that the specification knows.</summary>
    public const int LowestScale = -10, HighestScale = 20;

    private static readonly double[] Powers = [.. Enumerable.Range(LowestExponent, HighestExponent - LowestExponent + 1).Select(e => Math.ScaleB(1, e))];

    /// <summary>The bounds, from the lowest on: 1/1024, 1/512, … 1, 2, 4, … 2^30.</summary>
    public static ReadOnlySpan<double> Bounds => Powers;

    /// <summary>Counts the observations up to each bound.</summary>
    /// <param name="scale">Between <see cref="LowestScale"/> and <see cref="HighestScale"/>.</param>
    /// <param name="negative">Observations below the bucket of zero.</param>
    /// <param name="zero">Observations in the bucket of zero.</param>
    /// <param name="zeroThreshold">How far from zero these may be.</param>
    /// <param name="offset">The index of the first bucket.</param>
    /// <param name="counts">The buckets above zero.</param>
    /// <param name="upTo">Receives one count for each of <see cref="Bounds"/>; NaN where a bucket that is not empty lies across the bound.</param>
    public static void CountUpTo(
        int scale, double negative, double zero, double zeroThreshold, int offset, ReadOnlySpan<ulong> counts, Span<double> upTo)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, LowestScale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, HighestScale);
        var sum = negative;
        var next = 0;
        for (var i = 0; i < Powers.Length; i++)
        {
            // The indices below this one end at the bound or before it.
            var exponent = (long)(LowestExponent + i);
            var end = scale >= 0 ? exponent << scale : exponent >> -scale;
            while (next < counts.Length && (long)offset + next < end)
            {
                sum += counts[next++];
            }

            var across = scale < 0 && end << -scale != exponent && end - offset is >= 0 and var at && at < counts.Length && counts[(int)at] > 0;
            upTo[i] = across || (zero > 0 && zeroThreshold > Powers[i]) ? double.NaN : sum + zero;
        }
    }
}
