using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;
using SloPortal.TestSupport;

namespace SloPortal.Browser.Tests.Access;

/// <summary>A portal that was started without an administrator.</summary>
public sealed partial class FirstVisitTests(PostgresFixture postgres) : BrowserTest, IClassFixture<PostgresFixture>
{
    private RunningPortal? portal;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        portal = await RunningPortal.StartAsync("first-visit", postgres.ConnectionString, withAdministrator: false, Ct);
    }

    protected override async ValueTask LeaveAsync()
    {
        if (portal is not null)
            await portal.DisposeAsync();
    }

    [Fact]
    public async Task SetUp_CodeFromTheLog_MakesTheFirstAdministratorWhoInvites()
    {
        var founder = await ComeAsync(portal!.Address);
        var page = founder.Page;
        await founder.GoToAsync("/services");
        await Assertions.Expect(page).ToHaveURLAsync($"{portal.Address}/set-up");

        await FillSetUpAsync(page, "0000-0000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the administrator" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("E-mail address", new() { Exact = true })).ToHaveValueAsync("ada@example.org");

        var code = await portal.WaitForLogAsync("the set-up code", log => Code().Match(log) is { Success: true } match ? match.Groups[1].Value : null, Ct);
        await FillSetUpAsync(page, code);
        await founder.LoadsAfterAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Make the administrator" }).ClickAsync(), $"{portal.Address}/");
        await Assertions.Expect(page.GetByText("Connect metrics")).ToBeVisibleAsync();

        await founder.GoToAsync("/settings/people?invite=true");
        await page.GetByLabel("E-mail address", new() { Exact = true }).FillAsync("olga@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the invitation link" }).ClickAsync();
        var link = await page.Locator("#invitation-link").InnerTextAsync();

        var invited = await ComeAsync(portal.Address);
        await invited.AcceptInvitationAsync(link.Trim(), "Olga Owner");
        await Assertions.Expect(invited.Page.GetByLabel("Olga Owner, your menu")).ToBeVisibleAsync();

        var late = await ComeAsync(portal.Address);
        await late.GoToAsync(link.Trim());
        await Assertions.Expect(late.Page.GetByRole(AriaRole.Heading, new() { Name = "Invitation" })).ToBeVisibleAsync();
    }

    private static async Task FillSetUpAsync(IPage page, string code)
    {
        await page.GetByLabel("Set-up code").FillAsync(code);
        await page.GetByLabel("Your name").FillAsync("Ada Admin");
        await page.GetByLabel("E-mail address", new() { Exact = true }).FillAsync("ada@example.org");
        await page.GetByLabel("Password").FillAsync(RunningPortal.Password);
    }

    [GeneratedRegex(@"set-up code ""?([A-Za-z0-9-]+)")]
    private static partial Regex Code();
}
