using SloPortal.Web.Shared;

namespace SloPortal.Web.Tests.Shared;

public sealed class RelativeTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData(-10, "just now")]
    [InlineData(-60, "1 min ago")]
    [InlineData(-3600, "1 h ago")]
    [InlineData(-3570 - 29, "1 h ago")]
    [InlineData(7200, "in 2 h")]
    [InlineData(-86400 * 4, "4 d ago")]
    public void Describe_WithinAMonth_IsRelative(int seconds, string expected) =>
        Assert.Equal(expected, RelativeTime.Describe(Now.AddSeconds(seconds), Now, Berlin));

    [Fact]
    public void Describe_LongAgo_IsTheDateInTheReadersZone() =>
        Assert.Equal("2 Jun 2026", RelativeTime.Describe(new DateTimeOffset(2026, 6, 1, 22, 30, 0, TimeSpan.Zero), Now, Berlin));

    [Fact]
    public void Absolute_InTheReadersZone_NamesTheOffset() =>
        Assert.Equal("Mon 23 Nov 2026, 01:00:00 (UTC+1)", RelativeTime.Absolute(Now, Berlin));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(43, "43 s")]
    [InlineData(555, "9 min 15 s")]
    [InlineData(8040, "2 h 14 min")]
    [InlineData(273600, "3 d 4 h")]
    [InlineData(-120, "−2 min")]
    public void Duration_AnyLength_NamesItsTwoLargestUnits(int seconds, string expected) =>
        Assert.Equal(expected, RelativeTime.Duration(TimeSpan.FromSeconds(seconds)));
}
