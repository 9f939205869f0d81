using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;
using SloPortal.Browser.Tests.Personas;
using SloPortal.TestSupport;

namespace SloPortal.Browser.Tests.Incidents;

/// <summary>A commander on a phone decides otherwise than the policy recommends, and the record says so.</summary>
public sealed class DecisionTests(PostgresFixture postgres) : BrowserTest, IClassFixture<PostgresFixture>
{
    // An evaluation comes once a minute, of minutes that are over.
    private const float UntilTheProposal = 180_000;

    private RunningPortal? portal;

    [Fact]
    public async Task Proposal_ConfirmedOtherwiseOnAPhone_NeedsAReasonAndStandsInTheRecord()
    {
        portal = await RunningPortal.StartAsync("decision", postgres.ConnectionString, withAdministrator: true, Ct);
        using var api = new PortalApi(portal.Address, RunningPortal.AdminToken);
        var shop = await BurningShop.OpenAsync(api, new People(portal.Address, api), Ct);
        var commander = await ComeAsync(portal.Address, shop.Commander.Session);
        var page = commander.Page;
        await page.SetViewportSizeAsync(390, 844);
        await commander.GoToAsync("/incidents");

        await Assertions.Expect(page.GetByText("The policy recommends SEV-1 with a war room.")).ToBeVisibleAsync(new() { Timeout = UntilTheProposal });
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm incident" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Radio, new() { Name = "SEV-1" })).ToBeCheckedAsync();
        await Assertions.Expect(page.GetByLabel("Open a war room")).ToBeCheckedAsync();
        await Assertions.Expect(page.GetByLabel("Why otherwise than recommended")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Radio, new() { Name = "SEV-3" }).CheckAsync();
        await page.GetByLabel("Why otherwise than recommended").FillAsync(" ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm as SEV-3" }).ClickAsync();
        await Assertions.Expect(page.Locator("[id^=why-][id$=-error]")).ToContainTextAsync("Say why; it is recorded.");
        await page.GetByLabel("Why otherwise than recommended").FillAsync("Only the test shop.");
        await FitsAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm as SEV-3" }).ClickAsync();

        await page.WaitForURLAsync("**/incidents/1");
        await Assertions.Expect(page.Locator(".page-title")).ToContainTextAsync("War room");
        await commander.GoToAsync("/incidents/decisions");
        await Assertions.Expect(page.GetByText("0 of 1 decisions of the last 90 days were as recommended.")).ToBeVisibleAsync();
        await FitsAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "1: changed down, Policy 1, row 1" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Policy 1, row 1 only.")).ToBeVisibleAsync();
        var row = page.Locator("tbody tr");
        await Assertions.Expect(row).ToContainTextAsync("SEV-3 with a war room");
        await Assertions.Expect(row).ToContainTextAsync("Only the test shop.");
        await FitsAsync(page);
    }

    protected override async ValueTask LeaveAsync()
    {
        if (portal is not null)
            await portal.DisposeAsync();
    }

    private static async Task FitsAsync(IPage page) =>
        Assert.Equal(0, await page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
}
