using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;
using SloPortal.Browser.Tests.Pages;

namespace SloPortal.Browser.Tests.Incidents;

/// <summary>A commander writes what people outside are told, a second one approves it, and somebody without an account reads it.</summary>
public sealed class UpdateTests() : OwnPortalTest("updates")
{
    [Fact]
    public async Task Update_WrittenAndApproved_StandsOnTheStatusPageUntilTheIncidentIsRestricted()
    {
        await Api.PostAsync("/teams", new { slug = "shop", name = "Shop", description = "" }, Ct);
        await Api.PostAsync("/services", new { slug = "checkout", name = "Checkout v2", description = "", tier = "critical", ownerTeam = "shop", links = Array.Empty<object>() }, Ct);
        await Api.PostAsync("/status-pages", new { slug = "shop", title = "Shop status", audience = "everybody", needsApproval = true, services = new[] { new { service = "checkout", name = "Orders" } } }, Ct);
        var incident = (await Api.PostAsync("/incidents", new { title = "Pool of payment-db is exhausted", severity = "sev1", services = new[] { "checkout" }, startedAt = TimeProvider.System.GetUtcNow().AddMinutes(-20), confirmUnusualTime = true }, Ct)).GetInt32();
        var people = new People(Portal.Address, Api);
        var rita = await people.InviteAsync("Rita Runner", ["incidentCommander"], [], Ct);
        var writer = await ComeAsync(Portal.Address);
        await writer.SignInAsync(RunningPortal.AdminEmail);
        var page = writer.Page;
        await page.SetViewportSizeAsync(390, 844);

        await writer.GoToAsync($"/incidents/{incident}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Write update" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Text for people outside")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^Since .* UTC on .* some of you may see errors or delays with Orders"));
        await page.GetByLabel("Orders", new() { Exact = true }).SelectOptionAsync("Outage");
        await Pictures.LookAsync(page, "update-form");
        await page.SetViewportSizeAsync(390, 844);
        await page.GetByLabel("Title", new() { Exact = true }).FillAsync("Orders cannot be paid");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for approval" }).ClickAsync();
        await Assertions.Expect(page.Locator("#updates")).ToContainTextAsync("Waits for approval");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Approve: Orders cannot be paid" })).ToHaveCountAsync(0);

        var reader = await ComeAsync(Portal.Address);
        await reader.Page.GotoAsync($"{Portal.Address}/status/shop");
        await Assertions.Expect(reader.Page.Locator("main")).Not.ToContainTextAsync("Orders cannot be paid");

        var approver = await ComeAsync(Portal.Address, rita.Session);
        await approver.GoToAsync($"/incidents/{incident}");
        await approver.Page.GetByRole(AriaRole.Button, new() { Name = "Approve: Orders cannot be paid" }).ClickAsync();
        await Assertions.Expect(page.Locator("#updates")).ToContainTextAsync("approved by Rita Runner");
        await Assertions.Expect(page.Locator(".timeline")).ToContainTextAsync("Stakeholders were told (investigating)");

        await reader.Page.ReloadAsync();
        await Assertions.Expect(reader.Page.Locator(".services")).ToContainTextAsync("Outage");
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Name = "Orders cannot be paid" })).ToBeVisibleAsync();
        var told = await reader.Page.ContentAsync();
        Assert.DoesNotContain("payment-db", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Checkout v2", told, StringComparison.Ordinal);
        Assert.Empty(await reader.Context.CookiesAsync());
        await Pictures.LookAsync(reader.Page, "status-public");

        await Api.PutAsync($"/incidents/{incident}/restriction", new { readers = Array.Empty<Guid>() }, Ct);
        await reader.Page.ReloadAsync();
        await Assertions.Expect(reader.Page.Locator("main")).ToContainTextAsync("No incidents.");
        foreach (var address in (string[])["/status/shop", "/status/shop.json", "/status/shop/feed.xml"])
            Assert.DoesNotContain("cannot be paid", await (await reader.Context.APIRequest.GetAsync(Portal.Address + address)).TextAsync(), StringComparison.Ordinal);
    }
}
