using CsCheck;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Objectives;

public class SloWindowTests
{
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia", "America/Havana", "Africa/Cairo",
        "Australia/Lord_Howe", "Asia/Beirut", "America/St_Johns", "Pacific/Kiritimati",
    ];

    private static readonly Gen<CalendarWindow> AnyCalendar =
        from zone in Gen.Int[0, Zones.Length - 1].Select(i => Zones[i])
        from period in Gen.Enum<CalendarPeriod>()
        select new CalendarWindow(period, zone);

    private static readonly Gen<DateTimeOffset> AnyInstant =
        Gen.Long[At.Utc("1975-01-01").UtcTicks, At.Utc("2035-01-01").UtcTicks].Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    [Fact]
    public void At_Rolling_EndsAtTheInstantAndIsDaysLong()
    {
        var t = At.Utc("2026-03-30 10:17");

        var window = new RollingWindow(30).At(t);

        Assert.Equal(new Interval(At.Utc("2026-02-28 10:17"), t), window);
        Assert.Equal(window, new RollingWindow(30).FullPeriodAt(t));
    }

    [Theory]
    // Clocks change within the month: March is an hour short, October an hour long.
    [InlineData("calendar month Europe/Berlin", "2026-03-15 12:00", "2026-02-28 23:00", "2026-03-31 22:00", 31 * 24 - 1)]
    [InlineData("calendar month Europe/Berlin", "2026-10-15 12:00", "2026-09-30 22:00", "2026-10-31 23:00", 31 * 24 + 1)]
    // The last minute of the year in Berlin is still 22:59 in UTC.
    [InlineData("calendar month Europe/Berlin", "2026-12-31 22:59", "2026-11-30 23:00", "2026-12-31 23:00", 31 * 24)]
    [InlineData("calendar month Europe/Berlin", "2026-12-31 23:00", "2026-12-31 23:00", "2027-01-31 23:00", 31 * 24)]
    // February, in a leap year and not.
    [InlineData("calendar month UTC", "2028-02-29 23:59", "2028-02-01", "2028-03-01", 29 * 24)]
    [InlineData("calendar month UTC", "2026-02-28 23:59", "2026-02-01", "2026-03-01", 28 * 24)]
    [InlineData("calendar quarter UTC", "2026-05-31", "2026-04-01", "2026-07-01", 91 * 24)]
    [InlineData("calendar quarter Europe/Berlin", "2026-02-10", "2025-12-31 23:00", "2026-03-31 22:00", 90 * 24 - 1)]
    // Three quarters of an hour.
    [InlineData("calendar month Asia/Kathmandu", "2026-04-30 18:15", "2026-04-30 18:15", "2026-05-31 18:15", 31 * 24)]
    [InlineData("calendar month Asia/Kathmandu", "2026-04-30 18:14", "2026-03-31 18:15", "2026-04-30 18:15", 30 * 24)]
    // São Paulo put its clocks forward at midnight: the fourth of November 2018 started at 01:00.
    [InlineData("calendar month America/Sao_Paulo", "2018-11-15", "2018-11-01 03:00", "2018-12-01 02:00", 30 * 24 - 1)]
    // In 1949 the first of December itself had no midnight.
    [InlineData("calendar month America/Sao_Paulo", "1949-12-15", "1949-12-01 03:00", "1950-01-01 02:00", 31 * 24 - 1)]
    // Havana puts its clocks back at 01:00: the first of November 2026 has two midnights, the month starts at the first.
    [InlineData("calendar month America/Havana", "2026-11-15", "2026-11-01 04:00", "2026-12-01 05:00", 30 * 24 + 1)]
    // Samoa left out the thirtieth of December 2011.
    [InlineData("calendar month Pacific/Apia", "2011-12-15", "2011-12-01 10:00", "2011-12-31 10:00", 30 * 24)]
    // ISO weeks start on Monday.
    [InlineData("calendar week Europe/Berlin", "2026-03-29 12:00", "2026-03-22 23:00", "2026-03-29 22:00", 7 * 24 - 1)]
    [InlineData("calendar week UTC", "2026-11-22 23:59", "2026-11-16", "2026-11-23", 7 * 24)]
    public void FullPeriodAt_Calendar_IsTheCivilPeriodOfTheZone(string window, string t, string start, string end, int hours)
    {
        var calendar = SloWindow.Parse(window);

        var period = calendar.FullPeriodAt(At.Utc(t));

        Assert.Equal(new Interval(At.Utc(start), At.Utc(end)), period);
        Assert.Equal(TimeSpan.FromHours(hours), calendar.PeriodAt(At.Utc(t)));
        Assert.Equal(new Interval(At.Utc(start), At.Utc(t)), calendar.At(At.Utc(t)));
    }

    [Fact]
    public void FullPeriodAt_AnyZoneAndInstant_ContainsItAndMeetsTheNextWithoutGap() => Gen.Select(AnyCalendar, AnyInstant).Sample((window, t) =>
    {
        var period = window.FullPeriodAt(t);
        Assert.True(period.Contains(t));
        Assert.Equal(period, window.FullPeriodAt(period.Start));
        Assert.Equal(period.End, window.FullPeriodAt(period.End).Start);
    }, iter: 5000);

    [Fact]
    public void FullPeriodAt_AnyZoneAndInstant_StartsAtTheFirstSecondOfTheLocalDay() => Gen.Select(AnyCalendar, AnyInstant).Sample((window, t) =>
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(window.TimeZone);
        var start = window.FullPeriodAt(t).Start;
        var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, zone).DateTime);
        var before = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start.AddSeconds(-1), zone).DateTime);
        Assert.True(before < first);
        Assert.True(window.Period == CalendarPeriod.Week ? first.DayOfWeek == DayOfWeek.Monday : first.Day == 1);
    }, iter: 5000);

    [Theory]
    [InlineData("rolling 7d")]
    [InlineData("rolling 28d")]
    [InlineData("rolling 30d")]
    [InlineData("rolling 90d")]
    [InlineData("calendar month Europe/Berlin")]
    [InlineData("calendar quarter America/Argentina/Buenos_Aires")]
    [InlineData("calendar week UTC")]
    public void Parse_PrintedForm_GivesTheSameWindow(string text)
    {
        var window = SloWindow.Parse(text);

        Assert.Equal(text, window.ToString());
        Assert.Equal(window, SloWindow.Parse(window.ToString()));
    }

    [Theory]
    [InlineData(null, "Write a window as")]
    [InlineData("", "Write a window as")]
    [InlineData("30d", "Write a window as")]
    [InlineData("rolling 30", "Write a window as")]
    [InlineData("rolling -7d", "Write a window as")]
    [InlineData("rolling d", "Write a window as")]
    [InlineData("rolling 31d", "A rolling window is 7, 28, 30 or 90 days long.")]
    [InlineData("calendar year UTC", "Write a window as")]
    [InlineData("calendar month", "Write a window as")]
    [InlineData("calendar month Berlin", "is not a time zone")]
    [InlineData("calendar month ../../etc/passwd", "is not a time zone")]
    [InlineData("calendar month europe/berlin", "is not a time zone")]
    public void TryParse_OtherText_IsRefusedWithASentence(string? text, string says)
    {
        Assert.False(SloWindow.TryParse(text, out var window, out var refusal));
        Assert.Null(window);
        Assert.Contains(says, refusal, StringComparison.Ordinal);
    }
}
