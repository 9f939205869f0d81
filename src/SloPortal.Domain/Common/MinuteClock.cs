namespace SloPortal.Domain.Common;

/// <summary>Rounds instants to whole minutes, the grain in which counts are kept. All results are UTC.</summary>
public static class MinuteClock
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>The start of the minute that contains <paramref name="instant"/>.</summary>
    public static DateTimeOffset Floor(DateTimeOffset instant) => Floor(instant, Minute);

    /// <summary>The last whole multiple of <paramref name="step"/>, which divides a day, at or before <paramref name="instant"/>.</summary>
    public static DateTimeOffset Floor(DateTimeOffset instant, TimeSpan step)
    {
        var ticks = instant.UtcTicks;
        return new DateTimeOffset(ticks - (ticks % step.Ticks), TimeSpan.Zero);
    }

    /// <summary>The first whole multiple of <paramref name="step"/>, which divides a day, at or after <paramref name="instant"/>.</summary>
    public static DateTimeOffset Ceiling(DateTimeOffset instant, TimeSpan step)
    {
        var floor = Floor(instant, step);
        return floor.UtcTicks == instant.UtcTicks ? floor : floor + step;
    }

    /// <summary>The first minute boundary at or after <paramref name="instant"/>.</summary>
    public static DateTimeOffset Ceiling(DateTimeOffset instant) => Ceiling(instant, Minute);
}
