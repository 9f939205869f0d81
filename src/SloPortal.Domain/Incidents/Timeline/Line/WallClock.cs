namespace SloPortal.Domain.Incidents.Timeline;

/// <summary>From what a clock on a wall shows to the instant.</summary>
public static class WallClock
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The instant nearest to <paramref name="near"/> at which the clock shows this time of day: yesterday's 23:55 at ten past midnight.</summary>
    public static DateTimeOffset Nearest(TimeSpan timeOfDay, DateTimeOffset near, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var date = TimeZoneInfo.ConvertTime(near, zone).Date;
        return new[] { date - Day, date, date + Day }.Select(d => Instant(d + timeOfDay, zone)).MinBy(i => (i - near).Duration());
    }

    /// <summary>The instant at which the clock shows this. Of an hour that comes twice, the first; one that is skipped, as if it were not.</summary>
    public static DateTimeOffset Instant(DateTime wall, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var shown = DateTime.SpecifyKind(wall, DateTimeKind.Unspecified);
        var offset = zone.IsAmbiguousTime(shown) ? zone.GetAmbiguousTimeOffsets(shown).Max() : zone.GetUtcOffset(shown);
        return new DateTimeOffset(shown, offset).ToUniversalTime();
    }
}
