using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Measurement;

/// <summary>A probe, from the first try that is refused to its page.</summary>
[Collection(SeededPortalTests.Name)]
public sealed class ProbeTests(SeededPortal portal) : BrowserTest
{
    [Fact]
    public async Task Probe_PrivateAddress_IsTriedOnlyOnceItIsAllowed_AndSavedWithItsSli()
    {
        var visitor = await ComeAsync(portal.Address, await portal.People.AdministratorAsync(Ct));
        var page = visitor.Page;
        await visitor.GoToAsync("/sources/probes/new");
        await page.GetByLabel("Address", new() { Exact = true }).FillAsync(new Uri(new Uri(portal.Address), "/health/live").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it now" }).ClickAsync();
        await Assertions.Expect(page.GetByText("has a private address, which is not allowed")).ToBeVisibleAsync();

        await visitor.GoToAsync("/settings/probing");
        await page.GetByLabel("Host or network").FillAsync(new Uri(portal.Address).Host);
        await page.GetByLabel("Why").FillAsync("The portal itself.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow it" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = new Uri(portal.Address).Host })).ToBeVisibleAsync();

        await visitor.GoToAsync("/sources/probes/new");
        await page.GetByLabel("Address", new() { Exact = true }).FillAsync(new Uri(new Uri(portal.Address), "/health/live").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it now" }).ClickAsync();
        await Assertions.Expect(page.GetByText("It answered 200")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add probe" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Give the probe a name.").First).ToBeVisibleAsync();
        await page.Locator("#name").FillAsync("The portal as others see it");
        await page.Locator("#service").SelectOptionAsync("search");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add probe" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "By location" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Search: Answers from outside" })).ToBeVisibleAsync();
    }
}
