namespace SloPortal.Domain.Incidents.OnCall;

/// <summary>A day on which nobody works.</summary>
public sealed record Holiday(DateOnly Date, string Name);

/// <summary>When a team works: weekly hours by the wall clock of its zone, without its holidays.</summary>
/// <param name="TimeZone">IANA id.</param>
public sealed record BusinessHours(string TimeZone, IReadOnlyList<WeeklyHours> Week, IReadOnlyList<Holiday> Holidays)
{
    /// <summary>By what the clock on the wall shows. Hours over midnight belong to the day on which they begin, a holiday or none.</summary>
    public bool Covers(DateTimeOffset instant)
    {
        var wall = ZoneClock.Of(TimeZone).Wall(instant);
        var today = DateOnly.FromDateTime(wall);
        return Opens(today, wall) || Opens(today.AddDays(-1), wall);
    }

    private bool Opens(DateOnly day, DateTime wall) =>
        Week.Any(h => h.Days.Contains(day.DayOfWeek) && day.ToDateTime(h.From) is var opens && wall >= opens && wall < opens + h.Length)
        && Holidays.All(h => h.Date != day);
}
