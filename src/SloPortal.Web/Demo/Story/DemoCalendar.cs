namespace SloPortal.Web.Demo.Story;

/// <summary>When things of the story happen: so many days before its end, at an hour of the day that suits them.</summary>
internal static class DemoCalendar
{
    /// <summary>The length of the story.</summary>
    public static readonly TimeSpan Whole = TimeSpan.FromDays(90);

    /// <summary>The instant at <paramref name="hour"/> UTC of the day that lies so many days before the end.</summary>
    public static DateTimeOffset At(DateTimeOffset end, int days, double hour) =>
        new DateTimeOffset(end.UtcDateTime.Date, TimeSpan.Zero).AddDays(-days).AddMinutes(Math.Round(hour * 60));
}
