using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;
using SloPortal.Browser.Tests.Pages;

namespace SloPortal.Browser.Tests.Incidents;

/// <summary>A commander asks for a second team; it comes on a phone, says how it stands, and gives its part to a third that has to accept it.</summary>
public sealed class TeamTests() : OwnPortalTest("teams")
{
    [Fact]
    public async Task Teams_OneAfterTheOther_LeadWaitAndHandOffWhereEverybodySeesIt()
    {
        var people = new People(Portal.Address, Api);
        await Api.PostAsync("/teams", new { slug = "payments", name = "Payments", description = "" }, Ct);
        await Api.PostAsync("/teams", new { slug = "core", name = "Core", description = "" }, Ct);
        var priya = await people.InviteAsync("Priya Payments", ["viewer"], ["payments"], Ct);
        var cora = await people.InviteAsync("Cora Core", ["viewer"], ["core"], Ct);
        var incident = (await Api.PostAsync("/incidents", new { title = "Cards are refused", severity = "sev1", services = Array.Empty<string>() }, Ct)).GetInt32();
        var part = (await Api.PostAsync("/incidents", new { title = "Refunds wait", severity = "sev3", services = Array.Empty<string>() }, Ct)).GetInt32();

        var commander = await ComeAsync(Portal.Address);
        await commander.SignInAsync(RunningPortal.AdminEmail);
        var page = commander.Page;
        await commander.GoToAsync($"/incidents/{incident}");
        await DoAsync(page, "Ask for a team");
        await page.GetByLabel("Team", new() { Exact = true }).SelectOptionAsync("Payments");
        await page.GetByLabel("What it is to do").FillAsync("Find out why cards are refused");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for it" }).ClickAsync();
        var teams = page.Locator("#teams");
        await Assertions.Expect(teams).ToContainTextAsync("nobody yet");
        await DoAsync(page, "Link to another");
        await page.GetByLabel("The other", new() { Exact = true }).SelectOptionAsync($"INC-{part} Refunds wait");
        await page.GetByText("a part of this one").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Link to another" }).Last.ClickAsync();
        await Assertions.Expect(teams).ToContainTextAsync("Refunds wait");

        var second = await ComeAsync(Portal.Address, priya.Session);
        await second.Page.SetViewportSizeAsync(390, 844);
        await second.GoToAsync($"/incidents/{incident}");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "I lead it: Payments" }).ClickAsync();
        await Assertions.Expect(teams).ToContainTextAsync("Priya Payments");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Say how it stands: Payments" }).ClickAsync();
        await second.Page.GetByText("Waiting", new() { Exact = true }).ClickAsync();
        await second.Page.GetByLabel("For what it waits").FillAsync("the bank calls back");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Say so" }).ClickAsync();
        await Assertions.Expect(teams).ToContainTextAsync("the bank calls back");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Hand off: Payments" }).ClickAsync();
        await second.Page.GetByLabel("To", new() { Exact = true }).SelectOptionAsync("Core");
        await second.Page.GetByLabel("How it stands, and what comes next").FillAsync("It is the certificate. Replace it in eu-west.");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Offer it" }).ClickAsync();

        var third = await ComeAsync(Portal.Address, cora.Session);
        await third.Page.SetViewportSizeAsync(390, 844);
        await third.GoToAsync($"/incidents/{incident}");
        var offer = third.Page.Locator(".hand-off");
        await Assertions.Expect(offer).ToContainTextAsync("It is the certificate.");
        await Pictures.LookAsync(third.Page, "teams-offer");
        await offer.GetByRole(AriaRole.Button, new() { Name = "Accept it" }).ClickAsync();
        await Assertions.Expect(third.Page.Locator("#teams")).ToContainTextAsync("Handed to Core");
        await Assertions.Expect(page.Locator(".timeline")).ToContainTextAsync("The part of Payments: Cora Core accepts for Core");
        await Pictures.LookAsync(page, "teams");

        await teams.GetByRole(AriaRole.Link, new() { Name = "All in one view" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("2 teams, none waits.");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Handed off");
        await Pictures.LookAsync(page, "teams-view");
    }

    private static async Task DoAsync(IPage page, string what)
    {
        await page.Locator(".menu > summary").Filter(new() { HasText = "More" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = what, Exact = true }).ClickAsync();
    }
}
