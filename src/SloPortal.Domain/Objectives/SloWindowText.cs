using System.Globalization;

namespace SloPortal.Domain.Objectives;

/// <summary>Reads the text form of a window, which is what is stored and what the HTTP API takes.</summary>
internal static class SloWindowText
{
    private const string Forms =
        "Write a window as “rolling 30d” (7, 28, 30 or 90 days) or “calendar month Europe/Berlin” (week, month or quarter, and a time zone).";

    public static (SloWindow? Window, string? Refusal) Read(string? text) =>
        (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) switch
        {
            ["rolling", var length] => Rolling(length),
            ["calendar", var period, var zone] => Calendar(period, zone),
            _ => (null, Forms),
        };

    private static (SloWindow? Window, string? Refusal) Rolling(string length)
    {
        if (!length.EndsWith('d')
            || !int.TryParse(length.AsSpan(0, length.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var days))
        {
            return (null, Forms);
        }

        return RollingWindow.RefusalFor(days) is { } refusal ? (null, refusal) : (new RollingWindow(days), null);
    }

    private static (SloWindow? Window, string? Refusal) Calendar(string name, string zone)
    {
        CalendarPeriod? period = name switch
        {
            "week" => CalendarPeriod.Week,
            "month" => CalendarPeriod.Month,
            "quarter" => CalendarPeriod.Quarter,
            _ => null,
        };
        if (period is null)
        {
            return (null, Forms);
        }

        return CalendarWindow.RefusalFor(zone) is { } refusal ? (null, refusal) : (new CalendarWindow(period.Value, zone), null);
    }
}
