using SloPortal.Domain.Common;

namespace SloPortal.Domain.Measurement.Comparing;

/// <summary>
/// Within which a share is known from a number of events, 95 times of a hundred: the score interval (E. B. Wilson, 1927, "Probable
/// inference, the law of succession, and statistical inference", JASA 22), which holds for few events and for shares near 1.
/// </summary>
/// <param name="Low">0 to 1.</param>
/// <param name="High">0 to 1.</param>
public readonly record struct ShareInterval(double Low, double High)
{
    private const double Z = 1.959963984540054;

    public double HalfWidth => (High - Low) / 2;

    /// <param name="share">0 to 1.</param>
    /// <param name="events">More than none.</param>
    public static ShareInterval Of(double share, double events)
    {
        var shrink = 1 + Z * Z / events;
        var centre = (share + Z * Z / (2 * events)) / shrink;
        var half = Z / shrink * Math.Sqrt(share * (1 - share) / events + Z * Z / (4 * events * events));
        return new(Math.Max(0, centre - half), Math.Min(1, centre + half));
    }

    public static ShareInterval? Of(EventCounts counts) => counts.Ratio is { } share ? Of(share, counts.Total) : null;
}
