namespace SloPortal.Domain.Budgets.Tuning;

/// <summary>When people sleep: from 22:00 to 07:00 by their clock. Product policy.</summary>
public static class NightHours
{
    public const int From = 22;
    public const int To = 7;

    public static bool Hold(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).Hour is >= From or < To;
}
