using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Governance;

/// <summary>A contract from the paper to what its running period may cost.</summary>
[Collection(SeededPortalTests.Name)]
public sealed class ContractTests(SeededPortal portal) : BrowserTest
{
    [Fact]
    public async Task Enter_WrongTierThenRight_ShowsWhatMayBeDueAndTheLooserObjective()
    {
        var owner = await ComeAsync(portal.Address, portal.Data.Owner.Session);
        var page = owner.Page;
        await owner.GoToAsync("/contracts/new");
        await page.GetByLabel("Customer").FillAsync("Harbour Books");
        await page.GetByLabel("Judged by").SelectOptionAsync(new SelectOptionValue { Label = "Checkout: Orders placed" });
        await page.GetByLabel("Promised").FillAsync("99,5");
        await page.GetByLabel("First day").FillAsync("2026-01-01");
        await page.GetByLabel("Fee of a period").FillAsync("8000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enter contract" }).ClickAsync();

        // The tiers that the form offers lie above this promise; nothing that was typed is lost.
        await Assertions.Expect(page.GetByText("No tier lies above the target.").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Customer")).ToHaveValueAsync("Harbour Books");
        await page.GetByLabel("Promised").FillAsync("99.97");
        await page.GetByLabel("Promised").PressAsync("Enter");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Harbour Books" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Orders placed promises 99.9 %, less than the 99.97 % of the contract")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("EUR 2,000.00");

        await page.GetByRole(AriaRole.Button, new() { Name = "Leave a stretch out" }).ClickAsync();
        await page.Locator("#from").FillAsync("2026-02-01T02:00");
        await page.Locator("#to").FillAsync("2026-02-01T01:00");
        await page.GetByLabel("Reason, with what shows it").FillAsync("Announced on 20 January.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave it out" }).ClickAsync();
        await Assertions.Expect(page.GetByText("It must end after it begins.").First).ToBeVisibleAsync();
        await page.Locator("#to").FillAsync("2026-02-01T03:30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave it out" }).ClickAsync();
        await Assertions.Expect(page.GetByText("1 Feb 2026, 02:00 to 1 Feb 2026, 03:30")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Contracts" }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Harbour Books" })).ToContainTextAsync("99.97 %");
    }
}
