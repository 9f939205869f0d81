namespace SloPortal.Domain.Incidents.OnCall;

/// <summary>Hours that come every week: the same on each of the days.</summary>
/// <param name="Days">On which they begin.</param>
/// <param name="To">At or before <paramref name="From"/> means on the next day, so that 22:00 to 06:00 goes over midnight and 00:00 to 00:00 is a whole day.</param>
public sealed record WeeklyHours(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To)
{
    public static readonly IReadOnlyList<DayOfWeek> Weekdays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    public static readonly IReadOnlyList<DayOfWeek> WholeWeek = [.. Weekdays, DayOfWeek.Saturday, DayOfWeek.Sunday];

    public bool IsOverMidnight => To <= From;

    public TimeSpan Length => To - From + (To == From ? TimeSpan.FromDays(1) : TimeSpan.Zero);

    public bool Equals(WeeklyHours? other) => other is not null && From == other.From && To == other.To && Days.Order().SequenceEqual(other.Days.Order());

    public override int GetHashCode() => HashCode.Combine(From, To, Days.Count);
}
