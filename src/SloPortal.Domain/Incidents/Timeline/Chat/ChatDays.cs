using System.Globalization;
using System.Text.RegularExpressions;

namespace SloPortal.Domain.Incidents.Timeline;

/// <summary>Concludes on which day each message was written: from its own date, from a line that names a day, from the message before, from the incident.</summary>
internal sealed partial class ChatDays(ChatContext context)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Messages may stand a little out of order; a step back by more than this is the next day.</summary>
    private static readonly TimeSpan Midnight = TimeSpan.FromHours(12);

    private static readonly string[] DayFormats = ["MMMM d", "d MMMM", "MMM d", "d MMM", "MMMM d yyyy", "d MMMM yyyy", "MMM d yyyy", "d MMM yyyy", "yyyy-MM-dd"];

    private DateTimeOffset? last;
    private DateTime? named;

    /// <summary>Whether the line names the day of what follows: "Today", "Thursday, November 26th".</summary>
    public bool Takes(string line)
    {
        var text = line.Trim().Trim('-', '—', '_', ' ');
        var today = TimeZoneInfo.ConvertTime(context.Now, context.Zone).Date;
        DateTime? day = text.ToLowerInvariant() switch
        {
            "today" => today,
            "yesterday" => today - Day,
            _ => Written(text),
        };
        named = day ?? named;
        return day is not null;
    }

    public (DateTimeOffset At, bool Given) Of(ChatStamp stamp)
    {
        ArgumentNullException.ThrowIfNull(stamp);
        var at = stamp.Dates.Count > 0 ? Nearest(stamp, stamp.Dates, last ?? context.StartedAt)
            : named is { } day ? stamp.On(day, context.Zone)
            : last is { } before ? After(stamp, before)
            : First(stamp);
        last = at;
        return (at, stamp.Dates.Count > 0 || named is not null);
    }

    private DateTimeOffset First(ChatStamp stamp)
    {
        var at = Nearest(stamp, Around(context.StartedAt, stamp), context.StartedAt);
        // Nobody has written tomorrow's chat yet.
        return at > context.Now + TimeSpan.FromMinutes(5) ? at - Day : at;
    }

    private DateTimeOffset After(ChatStamp stamp, DateTimeOffset before) =>
        Around(before, stamp).Select(d => stamp.On(d, context.Zone)).Where(i => i >= before - Midnight).Min();

    private DateTimeOffset Nearest(ChatStamp stamp, IEnumerable<DateTime> dates, DateTimeOffset to) =>
        dates.Select(d => stamp.On(d, context.Zone)).MinBy(i => (i - to).Duration());

    private DateTime[] Around(DateTimeOffset instant, ChatStamp stamp)
    {
        var date = (stamp.Offset is { } offset ? instant.ToOffset(offset) : TimeZoneInfo.ConvertTime(instant, context.Zone)).Date;
        return [date - Day, date, date + Day, date + Day + Day];
    }

    private DateTime? Written(string text)
    {
        if (text.Length > 40 || !HasDay().IsMatch(text))
            return null;
        var plain = Ordinal().Replace(WeekDay().Replace(text, ""), "$1").Replace(",", "", StringComparison.Ordinal);
        if (!DateTime.TryParseExact(plain, DayFormats, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var date) || date.Year < 1971)
            return null;
        // Without a year, the one that brings it nearest to the incident.
        return HasYear().IsMatch(plain) ? date
            : new[] { -1, 0, 1 }.Select(y => context.StartedAt.Year + y)
                .Where(y => date is not { Month: 2, Day: 29 } || DateTime.IsLeapYear(y))
                .Select(y => (DateTime?)new DateTime(y, date.Month, date.Day)).MinBy(d => (d!.Value - context.StartedAt.UtcDateTime).Duration());
    }

    [GeneratedRegex(@"\d")]
    private static partial Regex HasDay();

    [GeneratedRegex(@"\d{4}")]
    private static partial Regex HasYear();

    [GeneratedRegex(@"\A(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex WeekDay();

    [GeneratedRegex(@"(\d)(?:st|nd|rd|th)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Ordinal();
}
