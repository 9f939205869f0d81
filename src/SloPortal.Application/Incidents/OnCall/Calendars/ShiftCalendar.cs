using System.Globalization;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.OnCall.Calendars;

/// <summary>Shifts as an iCalendar document (RFC 5545).</summary>
internal static class ShiftCalendar
{
    /// <param name="withNames">Whether each event says who has the shift.</param>
    /// <param name="now">When it is read, the stamp of every event.</param>
    public static string Of(string title, IReadOnlyList<(Schedule Schedule, ShiftRow Shift)> shifts, bool withNames, DateTimeOffset now)
    {
        var calendar = new Ical.Net.Calendar { ProductId = "-//SloPortal//On call//EN" };
        calendar.AddProperty("X-WR-CALNAME", title);
        // How often a program reads again: RFC 7986, and the older name that others know.
        calendar.AddProperty("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
        calendar.AddProperty("X-PUBLISHED-TTL", "PT1H");
        foreach (var shift in shifts.GroupBy(NameOf))
        {
            var several = shift.Count() > 1;
            calendar.Events.AddRange(shift.Select(one => EventOf(one.Schedule, one.Shift, several ? $"{shift.Key}-{one.Shift.From.UtcDateTime.ToString("yyyyMMdd'T'HHmm", CultureInfo.InvariantCulture)}" : shift.Key, withNames, now)));
        }
        return new CalendarSerializer().SerializeToString(calendar) ?? "";
    }

    private static CalendarEvent EventOf(Schedule schedule, ShiftRow shift, string uid, bool withNames, DateTimeOffset now) => new()
    {
        Uid = uid + "@sloportal",
        DtStamp = new CalDateTime(now.UtcDateTime, "UTC"),
        DtStart = new CalDateTime(shift.From.UtcDateTime, "UTC"),
        DtEnd = new CalDateTime(shift.To.UtcDateTime, "UTC"),
        Summary = withNames ? $"{shift.Person} on call: {schedule.Name}" : $"On call: {schedule.Name}",
        Description = shift.By switch
        {
            OnCallBy.Override => "By an override.",
            OnCallBy.Swap => $"Instead of {shift.InsteadOf}.",
            OnCallBy.Layer => null,
            _ => throw new InvalidOperationException($"Unknown reason {shift.By}."),
        },
    };

    /// <summary>
    /// A shift keeps the name of its layer and number, so that a calendar moves its event when the hand-off moves. The stretches of one that has pauses
    /// are told apart by when they begin.
    /// </summary>
    private static string NameOf((Schedule Schedule, ShiftRow Shift) one) => one.Shift.OverrideId is { } id
        ? $"override-{id}" : string.Create(CultureInfo.InvariantCulture, $"shift-{one.Schedule.Id}-{one.Shift.LayerId}-{one.Shift.Index}");
}
