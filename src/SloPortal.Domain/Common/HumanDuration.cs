using System.Globalization;

namespace SloPortal.Domain.Common;

/// <summary>Durations as people say them, in at most two units: "52 s", "2 min 10 s", "14 min", "2 h 14 min", "3 d 4 h".</summary>
public static class HumanDuration
{
    private const int MinutesPerDay = 24 * 60;

    /// <summary>Rounded to the smallest unit that is shown. Below zero it has a minus sign in front.</summary>
    public static string Text(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
        {
            return "0 s";
        }

        // Duration() overflows on TimeSpan.MinValue, which no caller can mean.
        var length = duration == TimeSpan.MinValue ? TimeSpan.MaxValue : duration.Duration();
        return (duration < TimeSpan.Zero ? "−" : "") + Positive(length);
    }

    private static string Positive(TimeSpan length)
    {
        if (length < TimeSpan.FromSeconds(1))
        {
            return "under 1 s";
        }

        // Each unit is rounded before it is compared, so that 59.7 min reads "1 h" and never "60 min".
        var seconds = Rounded(length.TotalSeconds);
        if (seconds < 60)
        {
            return Units(seconds, "s", 0, "");
        }

        if (seconds < 600)
        {
            return Units(seconds / 60, "min", seconds % 60, "s");
        }

        var minutes = Rounded(length.TotalMinutes);
        if (minutes < 60)
        {
            return Units(minutes, "min", 0, "");
        }

        if (minutes < MinutesPerDay)
        {
            return Units(minutes / 60, "h", minutes % 60, "min");
        }

        var hours = Rounded(length.TotalHours);
        return hours < 100 * 24
            ? Units(hours / 24, "d", hours % 24, "h")
            : Units(Rounded(length.TotalDays), "d", 0, "");
    }

    private static long Rounded(double value) => (long)Math.Round(value, MidpointRounding.AwayFromZero);

    private static string Units(long large, string largeUnit, long small, string smallUnit) => small == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{large} {largeUnit}")
        : string.Create(CultureInfo.InvariantCulture, $"{large} {largeUnit} {small} {smallUnit}");
}
