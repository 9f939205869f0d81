using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Measurement;

/// <summary>A journey, from its steps to a gap that is signed.</summary>
[Collection(SeededPortalTests.Name)]
public sealed class CoverageTests(SeededPortal portal) : BrowserTest
{
    [Fact]
    public async Task Coverage_JourneyIsAddedCoveredAndAGapSigned_ShowsEachInTheMatrix()
    {
        var owner = await ComeAsync(portal.Address, portal.Data.Owner.Session);
        var page = owner.Page;
        await owner.GoToAsync("/coverage?new=true");
        await page.GetByLabel("Name").FillAsync("Send a parcel back");
        await page.GetByLabel("Checkout (critical)").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add journey" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Send a parcel back", Exact = true })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Send a parcel back, Stale: Nothing" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Choose SLIs" }).ClickAsync();
        await page.GetByLabel("Checkout: Orders placed", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Send a parcel back, Stale: Nothing" })).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Link, new() { Name = "Send a parcel back, Wrong: Nothing" }).ClickAsync();
        // The cell that was open before has the same buttons.
        await Assertions.Expect(page.Locator("#side-title")).ToHaveTextAsync("Send a parcel back: wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept the gap" }).ClickAsync();
        await page.GetByLabel("Why nothing covers it").FillAsync("Labels are checked by hand.");
        await page.GetByLabel("Your password, once more").FillAsync(RunningPortal.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign that it is accepted" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Send a parcel back, Wrong: Accepted gap" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Send a parcel back", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Archive", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Keep it" })).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Archive the journey" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Send a parcel back", Exact = true })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task FailureRules_AreTried_ShowWhatTheyWouldMatchAndKeepARefusedText()
    {
        var owner = await ComeAsync(portal.Address, portal.Data.Owner.Session);
        var page = owner.Page;
        await owner.GoToAsync("/services/checkout/failures");
        await page.GetByLabel("All events").FillAsync("orders_answered_total");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a rule" }).ClickAsync();
        await page.GetByLabel("Series", new() { Exact = true }).FillAsync("{code=\"500\"");
        await page.GetByLabel("Why", new() { Exact = true }).FillAsync("The page says so.");
        var attempt = page.GetByRole(AriaRole.Button, new() { Name = "Try them on the last hour" });
        await attempt.ClickAsync();
        await Assertions.Expect(page.Locator("#selector-0-error")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Series", new() { Exact = true })).ToHaveValueAsync("{code=\"500\"");

        await page.GetByLabel("Series", new() { Exact = true }).FillAsync("{code=\"500\"}");
        await attempt.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Rule 1" })).ToContainTextAsync("orders_answered_total");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Make an SLI of them" })).ToBeVisibleAsync();
        Assert.True(await page.Locator(".split-side").EvaluateAsync<bool>("side => side.scrollWidth <= side.clientWidth"), "The figures lie beyond the edge of their panel.");
    }
}
