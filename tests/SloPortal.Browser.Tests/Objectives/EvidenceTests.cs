using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Objectives;

/// <summary>The history beside the form of a proposal, and the life of an objective.</summary>
[Collection(SeededPortalTests.Name)]
public sealed class EvidenceTests(SeededPortal portal) : BrowserTest
{
    [Fact]
    public async Task Target_DraggedOrMovedByKeys_IsFollowedByTheFigures()
    {
        var owner = await ComeAsync(portal.Address, portal.Data.Owner.Session);
        var page = owner.Page;
        await owner.GoToAsync("/services/checkout/objectives/new");
        // Others define SLIs without a history, which stand before it.
        await page.GetByLabel("Measured by").SelectOptionAsync(new SelectOptionValue { Label = "Orders placed" });
        await page.Locator("#window").SelectOptionAsync("rolling 7d");
        await Assertions.Expect(page.GetByText("Breaks in the next window")).ToBeVisibleAsync();

        var chart = (await page.Locator("svg.evidence").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(chart.X + chart.Width / 2, chart.Y + chart.Height * 0.8f);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(chart.X + chart.Width / 2, chart.Y + chart.Height * 0.08f, new() { Steps = 12 });
        await page.Mouse.UpAsync();
        var dragged = await ShownAsync(page, above: 99.95m);

        await page.GetByLabel("Target in percent").PressAsync("Home");
        await Assertions.Expect(page.Locator("#target")).Not.ToHaveValueAsync(dragged);
        await Assertions.Expect(page.GetByText(new Regex("would have held in 100 %")).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Methods_Unfolded_ShowTheHoursThatTheyChargeDifferently()
    {
        var owner = await ComeAsync(portal.Address, portal.Data.Owner.Session);
        var page = owner.Page;
        await owner.GoToAsync("/objectives/checkout/orders-placed/propose");
        await page.Locator("#window").SelectOptionAsync("rolling 7d");
        await page.GetByText("Events or slices of time").ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "mean of 5-minute slices" }).First).ToBeVisibleAsync();
        // Three bad hours: each of their slices is lost whole, though one event of twenty failed.
        await Assertions.Expect(page.GetByText("Where they differ, in the last window")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("for 3 h")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Agreements_OfAnObjective_CompareAndSayWhatHeld()
    {
        var auditor = await ComeAsync(portal.Address, portal.Data.Auditor.Session);
        var page = auditor.Page;
        await auditor.GoToAsync("/objectives/checkout/orders-placed");
        await page.GetByRole(AriaRole.Link, new() { Name = "Whole history" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Agreements of Orders placed" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Olga Owner").First).ToBeVisibleAsync();

        await page.Locator("#from").SelectOptionAsync("1");
        await page.Locator("#to").SelectOptionAsync("2");
        await page.Locator("#at").FillAsync("2020-01-01T00:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();

        await Assertions.Expect(page.GetByText("nothing was in force")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex("^What changed from v1 to the proposal of ") })).ToBeVisibleAsync();
    }

    /// <summary>The target once field, button and sentence say the same: the pointer leaves some on the way, which the page shows in passing.</summary>
    private static Task<string> ShownAsync(IPage page, decimal above) => Eventually.GetAsync(
        "the page to follow the pointer", TimeSpan.FromSeconds(20),
        async _ => await page.Locator("#target").InputValueAsync() is var value
            && decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var percent) && percent > above
            && await page.GetByRole(AriaRole.Button, new() { Name = $"Propose {value} %" }).IsVisibleAsync()
            && await page.Locator(".page-head, header").GetByText(new Regex("^" + Regex.Escape(value) + " % would have held in 0 %")).First.IsVisibleAsync() ? value : null, Ct);
}
