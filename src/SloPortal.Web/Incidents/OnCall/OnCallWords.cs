using System.Globalization;
using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Domain.Incidents.OnCall;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.OnCall;

/// <summary>How shifts are said, by the reader's clock.</summary>
internal static class OnCallWords
{
    /// <summary>The day by the reader's clock.</summary>
    public static DateOnly Day(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>"Mon 2 Nov, 09:00".</summary>
    public static string Moment(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("ddd d MMM, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"Mon 2 Nov, 09:00 to 17:00", with the day of the end where that is another.</summary>
    public static string Stretch(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        var (start, end) = (TimeZoneInfo.ConvertTime(from, zone), TimeZoneInfo.ConvertTime(to, zone));
        return $"{Moment(from, zone)} to {(start.Date == end.Date ? end.ToString("HH:mm", CultureInfo.InvariantCulture) : Moment(to, zone))}";
    }

    /// <summary>The same for what may go on beyond the stretch that is shown, of which the ends are not those of the shift.</summary>
    public static string Within(ScheduleStrip strip, DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone) => (from <= strip.From, to >= strip.To) switch
    {
        (false, false) => Stretch(from, to, zone),
        (true, false) => $"Until {Moment(to, zone)}",
        (false, true) => $"From {Moment(from, zone)} on",
        (true, true) => "All the time",
    };

    public static string Gap(GapRow gap, TimeZoneInfo zone) => $"{Stretch(gap.From, gap.To, zone)} ({RelativeTime.Duration(gap.To - gap.From)})";

    /// <summary>"Two gaps": how many times nobody is on call.</summary>
    public static string Gaps(int count) => count switch
    {
        0 => "no gap",
        1 => "one gap",
        _ => $"{count} gaps",
    };

    public static string Why(ShiftRow shift, string? layer) => shift.By switch
    {
        OnCallBy.Override => "Override",
        OnCallBy.Swap => $"{layer ?? "Shift"}, instead of {shift.InsteadOf}",
        OnCallBy.Layer => layer ?? "Shift",
        _ => throw new InvalidOperationException($"Unknown reason {shift.By}."),
    };

    public static string Unit(ShiftUnit unit, int count) => unit switch
    {
        ShiftUnit.Hours => count == 1 ? "hour" : "hours",
        ShiftUnit.Days => count == 1 ? "day" : "days",
        ShiftUnit.Weeks => count == 1 ? "week" : "weeks",
        _ => throw new InvalidOperationException($"Unknown unit {unit}."),
    };

    /// <summary>The name of a shift as it stands in an address.</summary>
    public static string? NameOf(ShiftRow shift) => shift.LayerId is { } layer ? string.Create(CultureInfo.InvariantCulture, $"{layer:N}~{shift.Index}") : null;

    public static (Guid Layer, long Index)? ShiftOf(string? name) =>
        name?.Split('~') is [var layer, var index] && Guid.TryParse(layer, out var id) && long.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (id, number) : null;
}
