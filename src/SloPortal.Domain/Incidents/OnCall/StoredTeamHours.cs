namespace SloPortal.Domain.Incidents.OnCall;

/// <summary>The business hours of a team as they are kept, and where its holidays come from.</summary>
public sealed class StoredTeamHours
{
    /// <summary>A calendar of public holidays has some dozens a year; more than this is another kind of calendar.</summary>
    public const int MostHolidays = 1000;

    private StoredTeamHours() { }

    public StoredTeamHours(Guid teamId) => TeamId = teamId;

    public Guid TeamId { get; private set; }
    public string TimeZone { get; private set; } = "UTC";
    public IReadOnlyList<WeeklyHours> Week { get; private set; } = [];
    public IReadOnlyList<Holiday> Holidays { get; private set; } = [];

    /// <summary>An iCalendar address that is read every day; null where the holidays were uploaded or there are none.</summary>
    public string? CalendarAddress { get; private set; }

    public DateTimeOffset? CalendarReadAt { get; private set; }
    public DateTimeOffset? CalendarFailedAt { get; private set; }

    /// <summary>Why it could not be read last; null after it was.</summary>
    public string? CalendarProblem { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public BusinessHours Hours => new(TimeZone, Week, Holidays);

    /// <param name="calendarAddress">Another one than before forgets what was known of the old.</param>
    public void Set(string timeZone, IReadOnlyList<WeeklyHours> week, string? calendarAddress)
    {
        (TimeZone, Week) = (timeZone, week);
        if (calendarAddress == CalendarAddress)
            return;
        (CalendarAddress, CalendarReadAt, CalendarFailedAt, CalendarProblem) = (calendarAddress, null, null, null);
        if (calendarAddress is null)
            Holidays = [];
    }

    public void TakeHolidays(IReadOnlyList<Holiday> holidays, DateTimeOffset now) =>
        (Holidays, CalendarReadAt, CalendarFailedAt, CalendarProblem) = (holidays, now, null, null);

    /// <summary>What was read before stays.</summary>
    public void FailCalendar(string problem, DateTimeOffset now) => (CalendarFailedAt, CalendarProblem) = (now, problem);
}
