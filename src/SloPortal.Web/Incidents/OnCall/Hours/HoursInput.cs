using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Web.Incidents.OnCall.Hours;

/// <summary>Weekly hours while somebody writes them.</summary>
public sealed class HoursInput
{
    public bool IsOn { get; set; }
    public HashSet<DayOfWeek> Days { get; } = [.. WeeklyHours.Weekdays];
    public TimeOnly From { get; set; } = new(9, 0);
    public TimeOnly To { get; set; } = new(17, 0);

    public void Fill(WeeklyHours hours)
    {
        (IsOn, From, To) = (true, hours.From, hours.To);
        Days.Clear();
        Days.UnionWith(hours.Days);
    }

    public void Set(DayOfWeek day, bool chosen)
    {
        if (chosen)
            Days.Add(day);
        else
            Days.Remove(day);
    }

    public WeeklyHours Given() => new([.. WeeklyHours.WholeWeek.Where(Days.Contains)], From, To);
}
