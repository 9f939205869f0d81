using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;
using SloPortal.Domain.Budgets;

namespace SloPortal.Browser.Tests.Objectives;

/// <summary>Rules that are tried on history before they are saved.</summary>
[Collection(SeededPortalTests.Name)]
public sealed class AlertTuningTests(SeededPortal portal) : BrowserTest
{
    [Fact]
    public async Task Rules_TriedOnHistoryAndSaved_KeepWhatJustifiedThem()
    {
        var administrator = await ComeAsync(portal.Address, await portal.People.AdministratorAsync(Ct));
        var page = administrator.Page;
        await administrator.GoToAsync("/alert-policies");
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit the rules" }).ClickAsync();
        await page.GetByLabel("Fewest events").First.FillAsync("12");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it on history" }).ClickAsync();

        // The seeded incidents are what pages are held against.
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Pages, side by side" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Recall" })).ToContainTextAsync(new Regex(@"\d of \d"));

        await page.GetByRole(AriaRole.Link, new() { Name = "Take these rules into the form" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Fewest events").First).ToHaveValueAsync("12");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the rules" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Saved with a back-test")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Interval_MarkedByHand_IsWhatThePagesAreHeldAgainst()
    {
        var owner = await ComeAsync(portal.Address, portal.Data.Owner.Session);
        var page = owner.Page;
        await owner.GoToAsync($"/alert-policies/{StoredAlertPolicy.DefaultId}/try?objective=checkout/orders-placed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark an interval" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Say from when to when.")).ToBeVisibleAsync();

        var yesterday = DateTimeOffset.UtcNow.AddDays(-1);
        await page.GetByLabel(new Regex("^From")).FillAsync(yesterday.ToString("yyyy-MM-dd'T'10:00", System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByLabel(new Regex("^To")).FillAsync(yesterday.ToString("yyyy-MM-dd'T'11:00", System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByLabel("Why").FillAsync("Orders stood still.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark it" }).ClickAsync();

        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Orders stood still." });
        await Assertions.Expect(row).ToBeVisibleAsync();
        await row.GetByRole(AriaRole.Button, new() { NameRegex = new("Take back") }).ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
    }
}
