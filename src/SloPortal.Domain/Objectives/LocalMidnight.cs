using System.Buffers;

namespace SloPortal.Domain.Objectives;

/// <summary>
/// The instant at which a civil day starts in a time zone. It asks the zone only for the offset at an instant, which is
/// always unique; asking for the offset of a local time is not, when clocks change at midnight.
/// </summary>
internal static class LocalMidnight
{
    private static readonly SearchValues<char> ZoneCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/");

    /// <summary>
    /// The first instant whose local date is <paramref name="day"/> or later. Where midnight occurs twice it is the first
    /// of the two; where clocks jump over midnight, or a whole day was left out, it is the instant of the jump.
    /// </summary>
    public static DateTimeOffset Of(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);

        // No zone is more than a day from UTC, even when it changes sides of the date line.
        var before = new DateTimeOffset(midnight, TimeSpan.Zero).AddDays(-1.5);
        var after = before.AddDays(3);

        // The larger offset gives the earlier instant, so it is tried first.
        var offsets = new[] { zone.GetUtcOffset(before), zone.GetUtcOffset(after) };
        foreach (var offset in offsets.OrderDescending())
        {
            var candidate = new DateTimeOffset(DateTime.SpecifyKind(midnight - offset, DateTimeKind.Utc));
            if (Local(candidate, zone) == midnight)
            {
                return candidate;
            }
        }

        return FirstNotBefore(midnight, before, after, zone);
    }

    public static bool IsIanaZone(string? id) =>
        !string.IsNullOrEmpty(id)
        && !id.AsSpan().ContainsAnyExcept(ZoneCharacters)
        && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
        && zone.HasIanaId
        && zone.Id == id;

    private static DateTimeOffset FirstNotBefore(DateTime midnight, DateTimeOffset low, DateTimeOffset high, TimeZoneInfo zone)
    {
        while (high - low > TimeSpan.FromSeconds(1))
        {
            var middle = new DateTimeOffset(WholeSeconds((low.UtcTicks + high.UtcTicks) / 2), TimeSpan.Zero);
            if (Local(middle, zone) >= midnight)
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return high;
    }

    private static long WholeSeconds(long ticks) => ticks - (ticks % TimeSpan.TicksPerSecond);

    private static DateTime Local(DateTimeOffset instant, TimeZoneInfo zone) => instant.UtcDateTime + zone.GetUtcOffset(instant);
}
