using System.Globalization;
using System.Text.RegularExpressions;

namespace SloPortal.Domain.Incidents.Timeline;

/// <summary>The time that may stand before what happened: "-5m", "-1h30m", "10:42", "2026-11-26 10:42:07Z".</summary>
internal static partial class LineTime
{
    /// <summary>Takes a time off the front of the text.</summary>
    /// <param name="rest">What follows it; the text itself where it begins with none.</param>
    public static DateTimeOffset? Take(string text, DateTimeOffset now, TimeZoneInfo zone, out string rest)
    {
        rest = text;
        if (Ago().Match(text) is { Success: true } ago)
        {
            // A length that no calendar holds is a word, not a time.
            if (Length(ago) is not { } length || length > TimeSpan.FromDays(3650))
                return null;
            rest = text[ago.Length..].TrimStart();
            return now - length;
        }
        if (Clock().Match(text) is { Success: true } clock && Instant(clock, now, zone) is { } instant)
        {
            rest = text[clock.Length..].TrimStart();
            return instant;
        }
        return null;
    }

    private static TimeSpan? Length(Match ago)
    {
        var sum = TimeSpan.Zero;
        for (var i = 0; i < ago.Groups["n"].Captures.Count; i++)
        {
            if (!int.TryParse(ago.Groups["n"].Captures[i].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var n) || n > 100_000)
                return null;
            sum += ago.Groups["u"].Captures[i].ValueSpan[0] switch
            {
                'd' => TimeSpan.FromDays(n),
                'h' => TimeSpan.FromHours(n),
                'm' => TimeSpan.FromMinutes(n),
                _ => TimeSpan.FromSeconds(n),
            };
        }
        return sum;
    }

    private static DateTimeOffset? Instant(Match clock, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (!TimeSpan.TryParse(clock.Groups["time"].ValueSpan, CultureInfo.InvariantCulture, out var time) || time.TotalDays >= 1)
            return null;
        var within = clock.Groups["utc"].Success ? TimeZoneInfo.Utc : zone;
        if (!clock.Groups["date"].Success)
            return WallClock.Nearest(time, now, within);
        return DateTime.TryParseExact(clock.Groups["date"].ValueSpan, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year > 1970
            ? WallClock.Instant(date + time, within)
            : null;
    }

    [GeneratedRegex(@"\A-(?:(?<n>[0-9]{1,6})(?<u>d|h|min|m|s))+(?=\s|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Ago();

    [GeneratedRegex(@"\A(?:(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ])?(?<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)(?<utc>Z|\s?UTC)?(?=\s|\z)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Clock();
}
