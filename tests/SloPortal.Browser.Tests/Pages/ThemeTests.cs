using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Pages;

[Collection(SeededPortalTests.Name)]
public sealed class ThemeTests(SeededPortal portal) : BrowserTest
{
    [Fact]
    public async Task Theme_Dark_StaysOverPagesAndReloads()
    {
        var visitor = await ComeAsync(portal.Address, await portal.People.AdministratorAsync(Ct));
        var page = visitor.Page;
        await visitor.GoToAsync("/");
        var light = await BackgroundAsync(page);

        await page.GetByLabel("your menu").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        await Assertions.Expect(page.Locator("body")).Not.ToHaveCSSAsync("background-color", light);
        var dark = await BackgroundAsync(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "Services" }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Services" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("body")).ToHaveCSSAsync("background-color", dark);
        await visitor.GoToAsync("/settings/profile");
        await Assertions.Expect(page.Locator("body")).ToHaveCSSAsync("background-color", dark);

        await page.GetByLabel("your menu").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Dark" })).ToHaveAttributeAsync("aria-pressed", "true");
        await page.GetByRole(AriaRole.Button, new() { Name = "System" }).ClickAsync();
        await Assertions.Expect(page.Locator("body")).ToHaveCSSAsync("background-color", light);
    }

    private static Task<string> BackgroundAsync(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
}
