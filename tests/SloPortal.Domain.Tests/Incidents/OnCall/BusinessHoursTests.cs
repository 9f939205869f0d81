using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Domain.Tests.Incidents.OnCall;

public sealed class BusinessHoursTests
{
    private static readonly BusinessHours Office = new("Europe/Berlin", [new(WeeklyHours.Weekdays, new(9, 0), new(17, 0))], [new(new(2026, 12, 25), "Christmas")]);

    [Theory]
    [InlineData("2026-11-27T07:59:59Z", false)]
    [InlineData("2026-11-27T08:00:00Z", true)]
    [InlineData("2026-11-27T16:00:00Z", false)]
    [InlineData("2026-07-03T07:00:00Z", true)]
    [InlineData("2026-11-28T10:00:00Z", false)]
    [InlineData("2026-12-25T10:00:00Z", false)]
    public void Covers_OfficeInBerlin_FollowsTheWallClockTheWeekAndTheHolidays(string instant, bool covers) =>
        Assert.Equal(covers, Office.Covers(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    // A night belongs to the day on which it begins: Thursday's before the holiday, and none into Saturday.
    [InlineData("2026-12-25T02:00:00Z", true)]
    [InlineData("2026-12-25T23:00:00Z", false)]
    [InlineData("2026-12-26T02:00:00Z", false)]
    public void Covers_HoursOverMidnight_BelongToTheDayOnWhichTheyBegin(string instant, bool covers) =>
        Assert.Equal(covers, (Office with { TimeZone = "UTC", Week = [new(WeeklyHours.Weekdays, new(22, 0), new(6, 0))] }).Covers(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture)));
}
