using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;
using SloPortal.Browser.Tests.Pages;

namespace SloPortal.Browser.Tests.Story;

/// <summary>Hands on the story: by mouse and by keyboard, wide and on a phone; the address always says what is seen.</summary>
[Collection(SeededPortalTests.Name)]
public sealed class StoryPageTests(SeededPortal portal) : BrowserTest
{
    private const string Address = "/objectives/checkout/orders-placed";

    private static readonly Regex zoomed = new(@"\?from=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ&to=");

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Drag_OverAStretch_ZoomsAndDoubleClickGoesBack(int width)
    {
        var (page, plot) = await OpenAsync("?range=7d", width);
        var box = (await plot.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + box.Width * 0.3f, box.Y + box.Height / 2);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + box.Width * 0.6f, box.Y + box.Height / 2, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        await Assertions.Expect(page).ToHaveURLAsync(zoomed);
        var first = page.Url;

        await plot.DblClickAsync();
        await Assertions.Expect(page).Not.ToHaveURLAsync(first);

        // The address alone shows the stretch again, and the way back leads to the whole.
        await page.GoBackAsync();
        await Assertions.Expect(page).ToHaveURLAsync(first);
        await page.GoBackAsync();
        await Assertions.Expect(page).ToHaveURLAsync($"{portal.Address}{Address}?range=7d");
    }

    [Fact]
    public async Task Keys_ShiftArrowsAndEnter_ZoomAndEscapeGoesBack()
    {
        var (page, plot) = await OpenAsync("?range=7d", 1440);
        await plot.FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(plot).ToHaveAttributeAsync("aria-valuetext", new Regex("Budget left"));
        for (var i = 0; i < 40; i++)
            await page.Keyboard.PressAsync("Shift+ArrowRight");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(zoomed);
        var first = page.Url;
        await Assertions.Expect(plot).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page).Not.ToHaveURLAsync(first);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task T_OnTheStory_ShowsTheTableAndBack(int width)
    {
        var (page, _) = await OpenAsync("?range=1d", width);
        await page.Keyboard.PressAsync("t");
        var table = page.GetByRole(AriaRole.Region, new() { Name = "The story as a table" });
        await Assertions.Expect(table).ToBeVisibleAsync();
        await Assertions.Expect(table).ToContainTextAsync("Until, Europe/Berlin");
        await Assertions.Expect(page).ToHaveURLAsync($"{portal.Address}{Address}?range=1d&as=table");
        await page.Keyboard.PressAsync("t");
        await Assertions.Expect(page.Locator(".story-plot")).ToBeVisibleAsync();
        await Assertions.Expect(page).ToHaveURLAsync($"{portal.Address}{Address}?range=1d");
    }

    [Theory]
    [InlineData("1h")]
    [InlineData("1d")]
    [InlineData("7d")]
    [InlineData("30d")]
    [InlineData("90d")]
    [InlineData("1y")]
    public async Task Range_Each_IsAnAddressThatDraws(string range)
    {
        var (page, plot) = await OpenAsync($"?range={range}", 390);
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Range" }).Locator("[aria-current=true]")).ToHaveTextAsync($"{range[..^1]} {range[^1]}");
        var from = double.Parse((await plot.GetAttributeAsync("aria-valuemin"))!, System.Globalization.CultureInfo.InvariantCulture);
        var to = double.Parse((await plot.GetAttributeAsync("aria-valuemax"))!, System.Globalization.CultureInfo.InvariantCulture);
        var days = range switch { "1h" => 1 / 24d, "1d" => 1, "7d" => 7, "30d" => 30, "90d" => 90, _ => 365 };
        // The forecast may stand beyond now.
        Assert.True((to - from) / 86_400_000 >= days * 0.99, $"{range} draws {(to - from) / 86_400_000} days.");
    }

    private async Task<(IPage Page, ILocator Plot)> OpenAsync(string query, int width)
    {
        var visitor = await ComeAsync(portal.Address, portal.Data.Owner.Session);
        await visitor.Page.SetViewportSizeAsync(width, 844);
        await visitor.GoToAsync(Address + query);
        var plot = visitor.Page.Locator(".story-plot");
        await Assertions.Expect(plot).ToBeVisibleAsync();
        await plot.ScrollIntoViewIfNeededAsync();
        return (visitor.Page, plot);
    }
}
