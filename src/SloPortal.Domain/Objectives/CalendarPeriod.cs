namespace SloPortal.Domain.Objectives;

/// <summary>A period of the civil calendar. Weeks start on Monday (ISO 8601).</summary>
public enum CalendarPeriod
{
    Week,
    Month,
    Quarter,
}
