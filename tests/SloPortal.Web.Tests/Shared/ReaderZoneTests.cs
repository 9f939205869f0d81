using Bunit;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Tests.Shared;

public sealed class ReaderZoneTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    [Theory]
    [InlineData("Asia/Tokyo", "Europe/Berlin", "Asia/Tokyo")]
    [InlineData(null, "Europe/Berlin", "Europe/Berlin")]
    [InlineData("", "America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires")]
    [InlineData(null, null, "UTC")]
    [InlineData(null, "Nowhere/Land", "UTC")]
    [InlineData(null, "../../etc/hostname", "UTC")]
    [InlineData(null, "/etc/localtime", "UTC")]
    [InlineData("Gone/Away", "Europe/Berlin", "Europe/Berlin")]
    public void Of_ProfileThenBrowser_ElseUtc(string? chosen, string? browsers, string expected) =>
        Assert.Equal(expected, ReaderZone.Of(chosen, browsers).Id);

    [Theory]
    [InlineData("2026-11-23T09:30", "2026-11-23T08:30Z")]
    [InlineData("2026-07-23T09:30", "2026-07-23T07:30Z")]
    [InlineData("2026-03-29T02:30", "2026-03-29T01:30Z")]
    public void Instant_WallClock_IsTheInstantInTheZone(string wall, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, null), ReaderZone.Instant(DateTime.Parse(wall, null), Berlin));

    [Fact]
    public void TimeText_Evidence_StandsInTheReadersZoneWithUtcBeside()
    {
        Assert.Equal(("2026-11-23T00:00:00Z", "23 Nov 2026, 01:00", "00:00 UTC"), Shown(Midnight, Berlin));
        Assert.Equal(("2026-11-23T00:00:00Z", "22 Nov 2026, 19:00", "23 Nov, 00:00 UTC"), Shown(Midnight, NewYork));
        Assert.Equal(("2026-11-23T00:00:07Z", "23 Nov 2026, 01:00:07", "00:00:07 UTC"), Shown(Midnight.AddSeconds(7), Berlin));
        Assert.Equal(("2026-11-23T00:00:00Z", "23 Nov 2026, 00:00 UTC", null), Shown(Midnight, TimeZoneInfo.Utc));
    }

    [Fact]
    public void TimeText_RelativeWithUtc_SaysBoth()
    {
        using var context = new BunitContext();
        context.RenderTree.Add<Microsoft.AspNetCore.Components.CascadingValue<TimeZoneInfo>>(p => p.Add(c => c.Value, Berlin));

        var text = context.Render<TimeText>(p => p.Add(t => t.Instant, Midnight.AddHours(-3)).Add(t => t.Now, Midnight).Add(t => t.WithUtc, true));

        Assert.Equal("3 h ago, Sun 22 Nov 2026, 22:00:00 (UTC+1)", text.Find("time").TextContent);
        Assert.Equal("22 Nov 2026, 21:00 UTC", text.Find(".utc").TextContent);
    }

    private static (string? Machine, string Local, string? Utc) Shown(DateTimeOffset instant, TimeZoneInfo zone)
    {
        using var context = new BunitContext();
        context.RenderTree.Add<Microsoft.AspNetCore.Components.CascadingValue<TimeZoneInfo>>(p => p.Add(c => c.Value, zone));
        var text = context.Render<TimeText>(p => p
            .Add(t => t.Instant, instant).Add(t => t.Now, Midnight).Add(t => t.AbsoluteFirst, true).Add(t => t.WithUtc, true));
        var time = text.Find("time");
        return (time.GetAttribute("datetime"), time.TextContent, text.Find("time").NextElementSibling?.TextContent);
    }
}
