namespace SloPortal.Domain.Measurement;

/// <summary>Which samples are refused for what they say, whatever their series.</summary>
/// <param name="Earliest">The oldest timestamp that is kept, in milliseconds since 1970.</param>
/// <param name="Latest">The newest timestamp that is taken, in milliseconds since 1970.</param>
public readonly record struct SampleRules(long Earliest, long Latest)
{
    /// <summary>
    /// How far a sender's clock may run ahead. Prometheus draws the same line for what it scrapes (<c>maxAheadTime</c> in
    /// scrape/scrape.go): ten minutes.
    /// </summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(10);

    /// <summary>The NaN by which Prometheus marks that a series ended (<c>StaleNaN</c> in model/value/value.go).</summary>
    public const ulong StaleMarkerBits = 0x7ff0000000000002;

    /// <summary>The rules at an instant.</summary>
    public static SampleRules At(DateTimeOffset now, TimeSpan retention) => new(
        Math.Max(0, (now - retention).ToUnixTimeMilliseconds()),
        (now + MaxAhead).ToUnixTimeMilliseconds());

    /// <summary>Why the sample is refused, or <see cref="SampleRefusal.None"/>.</summary>
    public SampleRefusal Judge(long time, double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsInfinity(value) ? SampleRefusal.Infinite
                : BitConverter.DoubleToUInt64Bits(value) == StaleMarkerBits ? SampleRefusal.StaleMarker
                : SampleRefusal.NotANumber;
        }

        return time > Latest ? SampleRefusal.InFuture
            : time < Earliest ? SampleRefusal.PastRetention
            : SampleRefusal.None;
    }
}
