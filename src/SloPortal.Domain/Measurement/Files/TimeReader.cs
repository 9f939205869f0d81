using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SloPortal.Domain.Measurement.Files;

/// <summary>Reads the times of a column. Safe for any text.</summary>
public sealed class TimeReader
{
    private static readonly string[] IsoFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFF zzz", "yyyy-MM-dd'T'HH:mm:ss,FFFFFFFK", "yyyy-MM-dd HH:mm:ss,FFFFFFFK",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK", "yyyy/MM/dd HH:mm:ss.FFFFFFF", "yyyy/MM/dd HH:mm", "yyyyMMdd'T'HHmmssK", "yyyy-MM-dd",
    ];

    private static readonly string[] WebLogFormats = ["dd/MMM/yyyy:HH:mm:ss zzz", "d/MMM/yyyy:HH:mm:ss zzz"];
    private static readonly double LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    private readonly TimeRule rule;
    private readonly TimeZoneInfo zone;
    private readonly DateTimeOffset now;

    private TimeReader(TimeRule rule, TimeZoneInfo zone, DateTimeOffset now) => (this.rule, this.zone, this.now) = (rule, zone, now);

    /// <summary>The reader, or what is wrong with the rule.</summary>
    /// <param name="rule">How times are written.</param>
    /// <param name="now">From which the year of a time without one is told.</param>
    /// <param name="reader">The reader.</param>
    /// <param name="problem">A sentence.</param>
    public static bool TryCreate(TimeRule rule, DateTimeOffset now, [NotNullWhen(true)] out TimeReader? reader, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(rule);
        reader = null;
        problem = !TimeZoneInfo.TryFindSystemTimeZoneById(rule.Zone, out var zone) ? $"There is no time zone “{rule.Zone}”; give one such as UTC or Europe/Berlin."
            : rule.Form == TimeForm.Custom && string.IsNullOrWhiteSpace(rule.Format) ? "Give the format of the time, such as dd.MM.yyyy HH:mm."
            : rule.Form == TimeForm.Custom && !IsFormat(rule.Format!) ? $"“{rule.Format}” is no format of a time; write it such as dd.MM.yyyy HH:mm:ss."
            : null;
        if (problem is null)
            reader = new TimeReader(rule, zone!, now);
        return problem is null;
    }

    /// <summary>The instant, or why the text is none.</summary>
    public bool TryRead(ReadOnlySpan<char> text, out DateTimeOffset instant, [NotNullWhen(false)] out string? problem)
    {
        text = text.Trim().Trim("[]");
        problem = null;
        instant = default;
        if (text.IsEmpty)
            problem = "The time is empty.";
        else if (rule.Form is TimeForm.UnixSeconds or TimeForm.UnixMilliseconds)
            problem = ReadNumber(text, rule.Form == TimeForm.UnixSeconds ? 1 : 1000, ref instant);
        else if (rule.Form == TimeForm.Syslog)
            problem = ReadSyslog(text, ref instant);
        else
            problem = ReadText(text, rule.Form switch { TimeForm.Iso => IsoFormats, TimeForm.WebLog => WebLogFormats, _ => [rule.Format!] }, ref instant);
        return problem is null;
    }

    private static string? ReadNumber(ReadOnlySpan<char> text, double unit, ref DateTimeOffset instant)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return $"“{Short(text)}” is no number of {(unit == 1 ? "seconds" : "milliseconds")} since 1970.";
        if (number < 0 || number / unit >= LastSecond)
            return $"“{Short(text)}” is no time that can be counted; {(unit == 1 ? "are these milliseconds?" : "are these microseconds?")}";
        instant = DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Floor(number / unit * 1000));
        return null;
    }

    private string? ReadText(ReadOnlySpan<char> text, string[] formats, ref DateTimeOffset instant)
    {
        const DateTimeStyles Styles = DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.RoundtripKind;
        if (!DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, Styles, out var found))
            return $"“{Short(text)}” is no time of the form {FormName}.";
        if (found.Kind == DateTimeKind.Unspecified)
            return InZone(found, ref instant);
        // With an offset; read again so that the machine's own zone has no part in it.
        if (!DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal, out var exact))
            return $"“{Short(text)}” is no time of the form {FormName}.";
        instant = exact.ToUniversalTime();
        return null;
    }

    private string? ReadSyslog(ReadOnlySpan<char> text, ref DateTimeOffset instant)
    {
        for (var year = now.Year + 1; year >= now.Year - 4; year--)
        {
            if (!DateTime.TryParseExact($"{year} {text}", "yyyy MMM d HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var found))
                continue;
            if (InZone(found, ref instant) is { } problem)
                return problem;
            if (instant <= now.AddDays(1))
                return null;
        }
        return $"“{Short(text)}” is no time of the form {FormName}.";
    }

    private string? InZone(DateTime wall, ref DateTimeOffset instant)
    {
        if (zone.IsInvalidTime(wall))
            return $"{wall:yyyy-MM-dd HH:mm} does not occur in {rule.Zone}, since the clock was put forward; is the time zone right?";
        var offset = zone.GetUtcOffset(wall);
        if (wall.Ticks - offset.Ticks is < 0 or > 3155378975999999999)
            return "The time is too far away to be counted.";
        instant = new DateTimeOffset(wall.Ticks - offset.Ticks, TimeSpan.Zero);
        return null;
    }

    private string FormName => rule.Form switch
    {
        TimeForm.Iso => "2026-11-26T10:00:00Z",
        TimeForm.WebLog => "10/Oct/2000:13:55:36 -0700",
        TimeForm.Syslog => "Oct 10 13:55:36",
        _ => rule.Format ?? "",
    };

    private static bool IsFormat(string format)
    {
        try
        {
            _ = new DateTime(2026, 11, 26, 10, 0, 0, DateTimeKind.Utc).ToString(format, CultureInfo.InvariantCulture);
            return format.Length <= 100;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string Short(ReadOnlySpan<char> text) => text.Length <= 60 ? text.ToString() : string.Concat(text[..59], "…");
}
