using System.Globalization;
using System.Text.RegularExpressions;

namespace SloPortal.Domain.Incidents.Timeline;

/// <summary>A time as a chat writes it, with or without a day and an offset.</summary>
/// <param name="Dates">The days that the text may mean: 3/4/2026 is two. Empty where none is written.</param>
/// <param name="Offset">Null is the reader's zone.</param>
internal sealed record ChatStamp(TimeSpan Time, IReadOnlyList<DateTime> Dates, TimeSpan? Offset)
{
    /// <summary>A day of a year, as chats write it, for patterns.</summary>
    private const string Day = @"(?<date>\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})";

    /// <summary>A time of day with what may follow it.</summary>
    private const string Clock = @"(?<clock>\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,7})?)?)(?:\s?(?<half>[AaPp])\.?[Mm]\.?)?(?:\s?(?<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}))?";

    /// <summary>Both, in the orders in which they occur.</summary>
    public const string Pattern = "(?:" + Day + @"(?:[T ]|,\s?)\s?)?" + Clock;

    /// <summary>Null where the figures are no time.</summary>
    public static ChatStamp? Of(Match match)
    {
        if (!TimeSpan.TryParse(match.Groups["clock"].Value.Replace(',', '.'), CultureInfo.InvariantCulture, out var time) || time.TotalDays >= 1)
            return null;
        if (match.Groups["half"] is { Success: true } half)
        {
            if (time.Hours is 0 or > 12)
                return null;
            var afternoon = half.ValueSpan[0] is 'p' or 'P';
            time += TimeSpan.FromHours((time.Hours, afternoon) switch { (12, false) => -12, (12, true) => 0, (_, true) => 12, _ => 0 });
        }
        var dates = match.Groups["date"].Success ? DatesOf(match.Groups["date"].Value, match.Groups["half"].Success) : [];
        return match.Groups["date"].Success && dates.Count == 0 ? null : new ChatStamp(time, dates, OffsetOf(match.Groups["zone"].Value));
    }

    public DateTimeOffset On(DateTime date, TimeZoneInfo zone) =>
        Offset is { } offset ? new DateTimeOffset(DateTime.SpecifyKind(date + Time, DateTimeKind.Unspecified), offset).ToUniversalTime() : WallClock.Instant(date + Time, zone);

    private static List<DateTime> DatesOf(string text, bool monthFirst)
    {
        var parts = text.Split('-', '.', '/').Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        if (text.Contains('-', StringComparison.Ordinal))
            return [.. Date(parts[0], parts[1], parts[2])];
        var year = parts[2] < 100 ? 2000 + parts[2] : parts[2];
        var dayFirst = Date(year, parts[1], parts[0]);
        if (text.Contains('.', StringComparison.Ordinal))
            return [.. dayFirst];
        var american = Date(year, parts[0], parts[1]);
        return [.. (monthFirst ? american.Concat(dayFirst) : dayFirst.Concat(american)).Distinct()];
    }

    private static DateTime[] Date(int year, int month, int day) =>
        year is > 1970 and < 9000 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? [new DateTime(year, month, day)] : [];

    private static TimeSpan? OffsetOf(string zone) => zone switch
    {
        "" => null,
        "Z" or "UTC" or "GMT" => TimeSpan.Zero,
        _ when TimeSpan.TryParseExact(zone.TrimStart('+', '-').Replace(":", "", StringComparison.Ordinal), "hhmm", CultureInfo.InvariantCulture, out var offset) && offset.TotalHours <= 14 => zone[0] == '-' ? -offset : offset,
        _ => null,
    };
}
