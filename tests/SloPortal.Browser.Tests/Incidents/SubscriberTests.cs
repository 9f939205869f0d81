using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SloPortal.Application.Tests.Budgets;
using SloPortal.Browser.Tests.Harness;
using SloPortal.Browser.Tests.Pages;
using SloPortal.TestSupport;

namespace SloPortal.Browser.Tests.Incidents;

/// <summary>Somebody without an account and without scripts subscribes on a phone, is told of an update, and leaves; an administrator sees it.</summary>
public sealed class SubscriberTests : BrowserTest
{
    private string connectionString = "";
    private RunningPortal? portal;

    protected override async ValueTask LeaveAsync()
    {
        if (portal is not null)
            await portal.DisposeAsync();
        if (connectionString.Length > 0)
            await TestPostgres.DropDatabaseAsync(connectionString, CancellationToken.None);
    }

    [Fact]
    public async Task Subscriber_OnAPhone_ConfirmsIsToldAndLeaves()
    {
        using var mail = await MailServer.StartAsync();
        connectionString = await TestPostgres.CreateDatabaseAsync(Ct);
        var settings = mail.Settings.ToDictionary(s => s.Item1.Replace(":", "__", StringComparison.Ordinal), s => s.Item2);
        settings["Portal__PublicUrl"] = "http://portal.example";
        portal = await RunningPortal.StartAsync("subscribers", connectionString, withAdministrator: true, Ct, settings);
        using var api = new PortalApi(portal.Address, RunningPortal.AdminToken);
        await api.PostAsync("/teams", new { slug = "shop", name = "Shop", description = "" }, Ct);
        await api.PostAsync("/services", new { slug = "checkout", name = "Checkout v2", description = "", tier = "critical", ownerTeam = "shop", links = Array.Empty<object>() }, Ct);
        var key = (await api.PostAsync("/status-pages", new { slug = "shop", title = "Shop status", audience = "byLink", needsApproval = false, services = new[] { new { service = "checkout", name = "Orders" } } }, Ct)).GetProperty("key").GetString();

        var reader = (await ComeAsync(portal.Address)).Page;
        await reader.SetViewportSizeAsync(390, 844);
        await reader.GotoAsync($"{portal.Address}/status/shop?key={key}");
        await Pictures.LookAsync(reader, "status-form");
        await reader.GetByLabel("Mail address").FillAsync("reader@example.org");
        await reader.GetByRole(AriaRole.Button, new() { Name = "Subscribe" }).ClickAsync();
        await Assertions.Expect(reader.GetByRole(AriaRole.Status)).ToContainTextAsync("Look into your mail.");
        await Pictures.LookAsync(reader, "status-asked");
        await reader.GetByRole(AriaRole.Link, new() { Name = "To the status page" }).ClickAsync();
        await Assertions.Expect(reader.GetByRole(AriaRole.Heading, new() { Name = "Services" })).ToBeVisibleAsync();

        await reader.GotoAsync(await LinkAsync(portal, mail, 1, "confirm"));
        await Pictures.LookAsync(reader, "status-confirm");
        await reader.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Assertions.Expect(reader.GetByRole(AriaRole.Status)).ToContainTextAsync("r…@example.org gets every update from now on.");

        var incident = (await api.PostAsync("/incidents", new { title = "Pool of payment-db is exhausted", severity = "sev1", services = new[] { "checkout" } }, Ct)).GetInt32();
        await api.PostAsync($"/incidents/{incident}/updates", new { state = "investigating", title = "Orders cannot be paid", body = "We look into it.", statusPages = new[] { "shop" } }, Ct);
        var leave = await LinkAsync(portal, mail, 2, "unsubscribe");

        var administrator = await ComeAsync(portal.Address);
        await administrator.SignInAsync(RunningPortal.AdminEmail);
        await administrator.GoToAsync("/settings/status-pages");
        await Assertions.Expect(administrator.Page.Locator("main")).ToContainTextAsync("1 confirmed; mails of the past 30 days: 1 sent");
        await Pictures.LookAsync(administrator.Page, "status-pages-subscribers");
        await administrator.Page.GetByRole(AriaRole.Link, new() { Name = "1 confirmed; mails of the past 30 days: 1 sent. Subscribers of Shop status" }).ClickAsync();
        await Assertions.Expect(administrator.Page.GetByRole(AriaRole.Button, new() { Name = "Remove reader@example.org" })).ToBeEnabledAsync();
        await Pictures.LookAsync(administrator.Page, "status-subscriber-list");

        await reader.SetViewportSizeAsync(390, 844);
        await reader.GotoAsync(leave);
        await reader.GetByRole(AriaRole.Button, new() { Name = "Unsubscribe" }).ClickAsync();
        await Assertions.Expect(reader.GetByRole(AriaRole.Status)).ToContainTextAsync("is forgotten");
        await Assertions.Expect(administrator.Page.Locator("main")).ToContainTextAsync("Nobody yet");
        Assert.Empty(await reader.Context.CookiesAsync());
    }

    /// <summary>The link in the last of so many mails, at the address at which this portal is reached.</summary>
    private static async Task<string> LinkAsync(RunningPortal portal, MailServer mail, int count, string link)
    {
        while (mail.Mails.Count < count)
            await Task.Delay(50, Ct);
        return portal.Address + Regex.Match(mail.Mails.ElementAt(count - 1).TextBody!, $"http://portal.example(/status/shop/{link}/\\S+)").Groups[1].Value;
    }
}
