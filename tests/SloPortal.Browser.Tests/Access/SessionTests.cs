using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Access;

[Collection(SeededPortalTests.Name)]
public sealed class SessionTests(SeededPortal portal) : BrowserTest
{
    [Fact]
    public async Task SignIn_WrongPassword_SaysSoAndKeepsTheAddress()
    {
        var visitor = await ComeAsync(portal.Address);
        var page = visitor.Page;
        await visitor.GoToAsync("/sign-in");
        await page.GetByLabel("E-mail address").FillAsync("olga@example.org");
        await page.GetByLabel("Password").FillAsync("not the password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("E-mail address")).ToHaveValueAsync("olga@example.org");
        await Assertions.Expect(page.GetByLabel("Password")).ToHaveValueAsync("");
        await visitor.GoToAsync("/services");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sign in");
    }

    [Fact]
    public async Task SignIn_FromADeepLink_LeadsThereAndSignOutEndsIt()
    {
        var visitor = await ComeAsync(portal.Address);
        var page = visitor.Page;
        await visitor.GoToAsync("/services/checkout");
        await page.GetByLabel("E-mail address").FillAsync("olga@example.org");
        await page.GetByLabel("Password").FillAsync(RunningPortal.Password);
        await visitor.LoadsAfterAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync(), $"{portal.Address}/services/checkout");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Checkout");

        await page.GetByLabel("Olga Owner, your menu").ClickAsync();
        await visitor.LoadsAfterAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync(), $"{portal.Address}/sign-in");
        await visitor.GoToAsync("/services/checkout");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sign in");
    }

    [Fact]
    public async Task Viewer_PagesOfAdministrators_AreDenied()
    {
        var visitor = await ComeAsync(portal.Address, portal.Data.Stakeholder.Session);
        await visitor.GoToAsync("/audit");
        await Assertions.Expect(visitor.Page.GetByText("administrator").First).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Table)).ToHaveCountAsync(0);
        await visitor.GoToAsync("/services/new");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Create service" })).ToHaveCountAsync(0);
    }
}
