using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.OnCall.Hours;

/// <summary>Reads holidays from an iCalendar document (RFC 5545): its events of whole days, repeated ones included.</summary>
internal static class HolidayCalendar
{
    /// <summary>A calendar of a country over some years has about 100 KB.</summary>
    public const int MostBytes = 1024 * 1024;

    private const int LongestName = 200;

    /// <summary>A rule that finds no day in so many steps, such as 31 February, finds none.</summary>
    private static readonly EvaluationOptions limits = new() { MaxUnmatchedIncrementsLimit = 1000 };

    /// <summary>The days between <paramref name="from"/> and <paramref name="to"/>, in order, each once.</summary>
    /// <param name="field">The field of the request that the document came with, for a refusal.</param>
    public static Outcome<IReadOnlyList<Holiday>> Read(string text, DateOnly from, DateOnly to, string field)
    {
        try
        {
            var calendars = CalendarCollection.Load(text);
            var events = calendars.SelectMany(c => c.Events).Where(e => e.DtStart is not null && !string.Equals(e.Status, EventStatus.Cancelled, StringComparison.OrdinalIgnoreCase)).ToList();
            if (events.Count == 0)
                return Refusal.Invalid(field, "There is no event in this calendar. Give an iCalendar file (.ics) with the holidays as events of whole days.");
            var wholeDays = events.Where(e => !e.DtStart!.HasTime).ToList();
            if (wholeDays.Count == 0)
                return Refusal.Invalid(field, "The events of this calendar have times of day; holidays are events of whole days. Choose another calendar.");
            var found = wholeDays.SelectMany(e => Days(e, from, to)).DistinctBy(h => h.Date).OrderBy(h => h.Date).Take(StoredTeamHours.MostHolidays + 1).ToList();
            return found.Count switch
            {
                0 => Refusal.Invalid(field, $"No holiday of this calendar lies between {from:yyyy-MM-dd} and {to:yyyy-MM-dd}. Choose one that goes on."),
                > StoredTeamHours.MostHolidays => Refusal.Invalid(field, $"This calendar has more than {StoredTeamHours.MostHolidays} days off. Choose one that holds holidays only."),
                _ => found,
            };
        }
        catch (Exception e) when (e is System.Runtime.Serialization.SerializationException or ArgumentException or ArithmeticException or FormatException or InvalidOperationException or IndexOutOfRangeException or NullReferenceException or EvaluationException)
        {
            return Refusal.Invalid(field, "This is no iCalendar document that could be read. It begins with BEGIN:VCALENDAR.");
        }
    }

    private static IEnumerable<Holiday> Days(CalendarEvent one, DateOnly from, DateOnly to)
    {
        var length = Math.Clamp(one.DtEnd is { } end ? end.Date.DayNumber - one.DtStart!.Date.DayNumber : (int)(one.Duration?.ToTimeSpanUnspecified().TotalDays ?? 1), 1, 366);
        var name = string.IsNullOrWhiteSpace(one.Summary) ? "Holiday" : one.Summary.Trim();
        name = name.Length > LongestName ? name[..LongestName] : name;
        return one.GetOccurrences(new CalDateTime(from.AddDays(-length)), limits).Select(o => o.Period.StartTime.Date).TakeWhile(start => start <= to)
            .SelectMany(start => Enumerable.Range(0, length).Select(start.AddDays)).Where(day => day >= from && day <= to).Select(day => new Holiday(day, name));
    }
}
