using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Objectives;

/// <summary>A journey over two SLIs, from its steps to the objective that says what each takes from the budget.</summary>
[Collection(SeededPortalTests.Name)]
public sealed class JourneyTests(SeededPortal portal) : BrowserTest
{
    [Fact]
    public async Task Define_WeightsThatDoNotSumThenDo_CountsItsStepsAndCanBeProposed()
    {
        await portal.Api.PostAsync("/slis", new { service = "checkout", slug = "receipts", name = "Receipts sent", description = "", sourceId = (int?)null, definition = new { kind = "pushed" } }, Ct);
        var owner = await ComeAsync(portal.Address, portal.Data.Owner.Session);
        var page = owner.Page;
        await owner.GoToAsync("/services/checkout/slis/new");
        await page.GetByText("Several SLIs of any services").ClickAsync();
        await page.GetByLabel("Step 1").SelectOptionAsync(new SelectOptionValue { Label = "Checkout: Orders placed" });
        await page.GetByLabel("Step 2").SelectOptionAsync(new SelectOptionValue { Label = "Checkout: Receipts sent" });
        await page.Locator("#weight-1").FillAsync("70");
        await page.Locator("#weight-2").FillAsync("20");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Buying");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save SLI" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The weights make 90 %. They must make 100 %.").First).ToBeVisibleAsync();

        await page.Locator("#weight-2").FillAsync("30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save SLI" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Buying" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Checkout: Orders placed" })).ToBeVisibleAsync();

        // The evaluation of the next minutes counts what its steps have counted, and a slice needs five of them.
        await Eventually.HoldsAsync("the journey is counted", TimeSpan.FromMinutes(8), async _ =>
        {
            await owner.GoToAsync("/services/checkout/objectives/new");
            await page.GetByLabel("Measured by").SelectOptionAsync(new SelectOptionValue { Label = "Buying" });
            await Assertions.Expect(page.GetByText("Every window of").Or(page.GetByText("Nothing has been counted for Buying yet")).First).ToBeVisibleAsync();
            if (!await page.GetByText("Every window of").IsVisibleAsync())
                return false;
            await page.GetByLabel("Counted by").SelectOptionAsync("ratio timeslices 5m");
            await Assertions.Expect(page.GetByText("failed slices").Or(page.GetByText("Nothing has been counted for Buying yet")).First).ToBeVisibleAsync();
            return await page.GetByText("failed slices").IsVisibleAsync();
        }, Ct);
    }
}
