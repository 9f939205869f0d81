using System.Globalization;

namespace SloPortal.Web.Shared;

/// <summary>Instants and durations as people say them. English; the reader's zone is applied here, at the edge.</summary>
public static class RelativeTime
{
    /// <summary>"just now", "3 min ago", "in 2 h", "4 d ago"; beyond thirty days the date in <paramref name="zone"/>.</summary>
    public static string Describe(DateTimeOffset instant, DateTimeOffset now, TimeZoneInfo zone)
    {
        var distance = instant - now;
        var length = distance.Duration();
        if (length < TimeSpan.FromSeconds(45))
        {
            return "just now";
        }

        if (length >= TimeSpan.FromDays(30))
        {
            return Day(instant, zone);
        }

        var words = length switch
        {
            { TotalMinutes: < 59.5 } => $"{Math.Max(1, Math.Round(length.TotalMinutes))} min",
            { TotalHours: < 23.5 } => $"{Math.Round(length.TotalHours)} h",
            _ => $"{Math.Round(length.TotalDays)} d",
        };
        return distance < TimeSpan.Zero ? $"{words} ago" : $"in {words}";
    }

    /// <summary>"Tue 3 Nov 2026, 20:00:00 (UTC+1)".</summary>
    public static string Absolute(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone);
        return local.ToString("ddd d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture) + $" ({Offset(local.Offset)})";
    }

    /// <summary>"3 Nov 2026".</summary>
    public static string Day(DateTimeOffset instant, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(instant, zone).ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"3 Nov 2026, 20:00", with the seconds where there are any.</summary>
    public static string Moment(DateTimeOffset instant, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(instant, zone).ToString("d MMM yyyy, " + TimeOf(instant), CultureInfo.InvariantCulture);

    /// <summary>"19:00 UTC" for what reads "3 Nov 2026, 20:00" in <paramref name="zone"/>; with its day where that is another.</summary>
    public static string UtcBeside(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var day = TimeZoneInfo.ConvertTime(instant, zone).Date == instant.UtcDateTime.Date ? "" : "d MMM, ";
        return instant.UtcDateTime.ToString(day + TimeOf(instant), CultureInfo.InvariantCulture) + " UTC";
    }

    /// <summary>As <c>time datetime</c> has it.</summary>
    public static string Machine(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture);

    /// <summary>"3 Nov 2026, 19:00 UTC".</summary>
    public static string Utc(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>A duration in its two largest units: "2 h 14 min", "3 d 4 h", "43 s". Negative ones keep their sign.</summary>
    public static string Duration(TimeSpan duration)
    {
        var sign = duration < TimeSpan.Zero ? "−" : "";
        var d = duration.Duration();
        var (first, second) = d switch
        {
            { TotalDays: >= 1 } => ($"{(int)d.TotalDays} d", d.Hours > 0 ? $" {d.Hours} h" : ""),
            { TotalHours: >= 1 } => ($"{d.Hours} h", d.Minutes > 0 ? $" {d.Minutes} min" : ""),
            { TotalMinutes: >= 1 } => ($"{d.Minutes} min", d.Seconds > 0 ? $" {d.Seconds} s" : ""),
            _ => (string.Create(CultureInfo.InvariantCulture, $"{Math.Round(d.TotalSeconds)} s"), ""),
        };
        return sign + first + second;
    }

    private static string TimeOf(DateTimeOffset instant) => instant.UtcTicks % TimeSpan.TicksPerMinute == 0 ? "HH:mm" : "HH:mm:ss";

    private static string Offset(TimeSpan offset)
    {
        if (offset == TimeSpan.Zero)
        {
            return "UTC";
        }

        var minutes = offset.Minutes == 0 ? "" : $":{Math.Abs(offset.Minutes):00}";
        return $"UTC{(offset < TimeSpan.Zero ? "−" : "+")}{Math.Abs(offset.Hours)}{minutes}";
    }
}
