namespace SloPortal.Application.Common;

public static class Clock
{
    /// <summary>Now in UTC, cut to the microseconds that PostgreSQL keeps, so that what is stored equals what was computed with.</summary>
    public static DateTimeOffset GetUtcNowInMicroseconds(this TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var now = clock.GetUtcNow();
        return new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
    }
}
