using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Incidents;

/// <summary>From a signal that is a nuisance to a silence, and back, on a phone.</summary>
[Collection(SeededPortalTests.Name)]
public sealed class SilencingTests(SeededPortal portal) : BrowserTest
{
    [Fact]
    public async Task Silence_FromASignalOnAPhone_SaysWhatItCoversAndEndsByHand()
    {
        var visitor = await ComeAsync(portal.Address, portal.Data.Owner.Session);
        var page = visitor.Page;
        await page.SetViewportSizeAsync(390, 844);
        await visitor.GoToAsync($"/signals/{portal.Data.Signal}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Silence such signals" }).ClickAsync();

        await Assertions.Expect(page.GetByLabel("Labels")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("alertname=\"Too many errors\""));
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "It would have covered 1 of the" })).ToBeVisibleAsync();
        await page.GetByLabel("Labels").FillAsync("alertname");
        await page.GetByLabel("Reason").FillAsync("The load test.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan the silence" }).ClickAsync();
        await Assertions.Expect(page.Locator("#conditions-error")).ToContainTextAsync("is no condition");
        await Assertions.Expect(page.GetByLabel("Reason")).ToHaveValueAsync("The load test.");

        await page.GetByLabel("Labels").FillAsync("alertname=~Too.*");
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan the silence" }).ClickAsync();

        await Assertions.Expect(page.GetByText("The silence is planned.")).ToBeVisibleAsync();
        var row = page.Locator("tbody tr").Filter(new() { HasText = "The load test." });
        await Assertions.Expect(row).ToContainTextAsync("alertname=~\"Too.*\"");
        await Assertions.Expect(row).ToContainTextAsync("Silent");
        Assert.Equal(0, await page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));

        await page.GetByRole(AriaRole.Button, new() { Name = "End now: The load test." }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("ended by Olga Owner");
    }
}
