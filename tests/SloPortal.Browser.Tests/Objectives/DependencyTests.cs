using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Objectives;

/// <summary>What a service needs, entered without a mouse, and what the portfolio says of one that needs an objective.</summary>
[Collection(SeededPortalTests.Name)]
public sealed class DependencyTests(SeededPortal portal) : BrowserTest
{
    [Fact]
    public async Task Dependencies_AddedByKeyboard_ShowTheCeilingAndACircleByName()
    {
        await AddServiceAsync("storefront", "Storefront");
        var owner = await ComeAsync(portal.Address, portal.Data.Owner.Session);
        var page = owner.Page;
        await owner.GoToAsync("/services/storefront/dependencies?edit=new");

        // The form takes the focus: choose, go on to the note, and send, all by keys.
        await Assertions.Expect(page.Locator("#on")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Checkout");
        await page.Locator("#note").FocusAsync();
        await page.Keyboard.TypeAsync("Where orders are made");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Direct dependencies" }).GetByRole(AriaRole.Rowheader, new() { Name = "Checkout" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("svg.graph").GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Checkout ") })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "7 d", Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        // Three hours of the last days went badly at the checkout: 95 of 100 orders were good.
        await Assertions.Expect(page.Locator("section", new() { HasText = "Attainable ceiling" }).GetByText(new Regex(@"^99\.\d+ %$")).First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("As the outages overlapped")).ToBeVisibleAsync();

        await owner.GoToAsync("/services/checkout/dependencies?edit=new");
        await page.Locator("#on").SelectOptionAsync(new SelectOptionValue { Label = "Storefront" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Add dependency" }).PressAsync("Enter");
        await Assertions.Expect(page.GetByText("This would close a circle: Checkout → Storefront → Checkout.").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Dependencies_Removed_CanBeTakenBack()
    {
        await AddServiceAsync("returns", "Returns");
        var owner = await ComeAsync(portal.Address, portal.Data.Owner.Session);
        var page = owner.Page;
        await owner.GoToAsync("/services/returns/dependencies?edit=new");
        await page.Locator("#on").SelectOptionAsync(new SelectOptionValue { Label = "Acme Pay" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Add dependency" }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the dependency on Acme Pay" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo, add it again" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Direct dependencies" }).GetByRole(AriaRole.Rowheader, new() { Name = "Acme Pay" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Objective_WhoseVendorWasOut_StandsWithAndWithoutIt()
    {
        var owner = await ComeAsync(portal.Address, portal.Data.Owner.Session);
        var page = owner.Page;
        await owner.GoToAsync("/objectives/checkout/orders-placed");

        var panel = page.Locator("section", new() { HasText = "With and without vendors" });
        await Assertions.Expect(panel.GetByRole(AriaRole.Rowheader, new() { Name = "As users saw it" })).ToBeVisibleAsync();
        await Assertions.Expect(panel.GetByText(new Regex("5[01] min of outages left out"))).ToBeVisibleAsync();
        await panel.GetByText("The stretch that is left out").ClickAsync();
        await Assertions.Expect(panel.GetByText("Authorisations timed out.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Portfolio_ServiceWithoutItsObjective_IsNamedAndCanBeDecidedOtherwise()
    {
        var owner = await ComeAsync(portal.Address, portal.Data.Owner.Session);
        var page = owner.Page;
        await owner.GoToAsync("/portfolio");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Billing" });
        await Assertions.Expect(row).ToContainTextAsync("Objective missing");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Objective missing") }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(new Regex("view=Missing"));

        await row.GetByRole(AriaRole.Link, new() { Name = "Billing" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader, new() { NameRegex = new Regex("^Revenue per hour") })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Decide otherwise" }).ClickAsync();
        await page.GetByLabel("It needs").SelectOptionAsync("BestEffort");
        await page.GetByRole(AriaRole.Button, new() { Name = "Decide so" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Say why the scorecard is wrong about this service").First).ToBeVisibleAsync();
        await page.GetByLabel("Why the scorecard is wrong about it").FillAsync("It is switched off in spring.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Decide so" }).ClickAsync();

        // What was typed stands on the page before it is decided; who leaves then takes it along.
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take it back, let the scorecard decide" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("It is switched off in spring.")).ToBeVisibleAsync();
        await owner.GoToAsync("/portfolio?filter=billing");
        await Assertions.Expect(row).ToContainTextAsync("Not required");
        await Assertions.Expect(row).ToContainTextAsync("decided by hand");

        await owner.GoToAsync("/services/billing/score");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back, let the scorecard decide" }).ClickAsync();
        await Assertions.Expect(page.GetByText("It is switched off in spring.")).ToHaveCountAsync(0);
    }

    private Task AddServiceAsync(string slug, string name) => portal.People.PostAsync(
        portal.Data.Owner, "/services", new { slug, name, description = "", tier = "standard", ownerTeam = "shop", links = Array.Empty<object>() }, Ct);
}
