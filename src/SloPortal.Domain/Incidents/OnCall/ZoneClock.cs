using System.Collections.Concurrent;

namespace SloPortal.Domain.Incidents.OnCall;

/// <summary>
/// The clock on a wall of a time zone, read so that it never goes back: where clocks are set back it stands still until the hour that
/// comes twice is over. A moment on it therefore has one instant, the first at which the clock has reached it. In an hour that comes
/// twice that is the first of the two; in one that is left out it is the instant of the jump. These are the rules that Noda Time names
/// <c>Resolvers.ReturnEarlier</c> and <c>Resolvers.ReturnStartOfIntervalAfter</c>.
/// </summary>
internal sealed class ZoneClock
{
    /// <summary>No zone changed its clocks twice within it since 1970.</summary>
    private static readonly long Step = TimeSpan.FromHours(12).Ticks;

    /// <summary>No zone is farther from UTC; with two hours to spare.</summary>
    private static readonly TimeSpan Farthest = TimeSpan.FromHours(16);

    private static readonly ConcurrentDictionary<string, ZoneClock> known = [];

    private readonly ConcurrentDictionary<int, Stretch[]> years = [];
    private readonly TimeZoneInfo zone;

    private ZoneClock(TimeZoneInfo zone) => this.zone = zone;

    /// <summary>From <paramref name="Start"/> on the clock is <paramref name="Offset"/> ahead of UTC; all in ticks.</summary>
    private readonly record struct Stretch(long Start, long End, long Offset);

    /// <param name="id">IANA id.</param>
    /// <exception cref="TimeZoneNotFoundException">There is no such zone.</exception>
    public static ZoneClock Of(string id) =>
        known.TryGetValue(id, out var clock) ? clock : known.GetOrAdd(id, new ZoneClock(TimeZoneInfo.FindSystemTimeZoneById(id)));

    /// <summary>What the clock on the wall shows; in an hour that comes twice, both times the same.</summary>
    public DateTime Wall(DateTimeOffset instant) => DateTime.SpecifyKind(instant.UtcDateTime + zone.GetUtcOffset(instant), DateTimeKind.Unspecified);

    /// <summary>The first instant at which the clock has reached <paramref name="wall"/>.</summary>
    public DateTimeOffset Reaches(DateTime wall)
    {
        var from = (wall - Farthest).Ticks;
        for (var year = new DateTime(from).Year; ; year++)
        {
            foreach (var stretch in years.GetOrAdd(year, StretchesOf))
            {
                var instant = Math.Max(stretch.Start, wall.Ticks - stretch.Offset);
                if (stretch.End > from && instant < stretch.End)
                    return new DateTimeOffset(instant, TimeSpan.Zero);
            }
        }
    }

    // The BCL tells the offset at an instant only, so the changes of a year are looked for, once.
    private Stretch[] StretchesOf(int year)
    {
        var (start, end) = (new DateTime(year, 1, 1).Ticks, new DateTime(year + 1, 1, 1).Ticks);
        var found = new List<Stretch>();
        var offset = OffsetAt(start);
        for (var at = start; at < end; at += Step)
        {
            var next = Math.Min(at + Step, end);
            var after = OffsetAt(next);
            if (after == offset)
                continue;
            var change = FirstWith(at, next, offset);
            if (change >= end)
                continue;
            found.Add(new Stretch(start, change, offset));
            (start, offset) = (change, after);
        }
        found.Add(new Stretch(start, end, offset));
        return [.. found];
    }

    /// <summary>The first tick after <paramref name="low"/> whose offset is another than that at <paramref name="low"/>.</summary>
    private long FirstWith(long low, long high, long offset)
    {
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            if (OffsetAt(middle) == offset)
                low = middle;
            else
                high = middle;
        }
        return high;
    }

    private long OffsetAt(long ticks) => zone.GetUtcOffset(new DateTimeOffset(ticks, TimeSpan.Zero)).Ticks;
}
