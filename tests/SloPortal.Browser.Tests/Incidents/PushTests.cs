using System.Text.Json;
using Microsoft.Playwright;
using SloPortal.Application.Tests.Budgets;
using SloPortal.Application.Tests.Incidents.Escalation;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Incidents;

/// <summary>
/// A call reaches a real browser: its page subscribes, its service worker shows what the portal sent, and one press takes the page. Only
/// the service between the two, which each vendor runs for its browsers, is the test's own.
/// </summary>
public sealed class PushTests() : OwnPortalTest("push", ("Notifications__AllowPrivateAddresses", "true"))
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Call_ByNotification_IsShownAndOnePressTakesThePage()
    {
        await using var service = await WebhookReceiver.StartAsync();
        service.Status = 201;
        using var keys = new PushReader();
        await using var browser = await Chromium.WithNotificationsAsync();
        await Api.PostAsync("/teams", new { slug = "shop", name = "Shop", description = "" }, Ct);
        var rosa = await new People(Portal.Address, Api).InviteAsync("Rosa Responder", ["serviceOwner"], ["shop"], Ct);
        var context = await browser.NewContextAsync(new() { BaseURL = Portal.Address, StorageState = rosa.Session, Permissions = ["notifications"] });
        await context.AddInitScriptAsync(
            $$"""
            const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0)).buffer;
            PushManager.prototype.getSubscription = async () => null;
            PushManager.prototype.subscribe = async () => ({ endpoint: "{{service.Address}}/push/1", getKey: name => bytes(name === "auth" ? "{{keys.Secret}}" : "{{keys.Key}}") });
            """);
        var page = await context.NewPageAsync();
        var worker = await WorkerAsync(context, page);
        await page.GotoAsync("/settings/ways");
        await Assertions.Expect(page.Locator("main[aria-busy=true]")).ToHaveCountAsync(0);
        await page.GetByLabel("Call me by").SelectOptionAsync(new SelectOptionValue { Label = "Notification of this browser" });
        await page.GetByLabel("Name of this browser").FillAsync("Desk");
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow notifications here" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The way is added.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Call me as a test" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You are being called.")).ToBeVisibleAsync();
        await Eventually.HoldsAsync("the call", Patience, _ => Task.FromResult(service.Taken.Count > 0), Ct);
        await worker.DeliverAsync(keys.Read(service.Taken[0].Body));
        await ShowsAsync(page, "title", "test");

        await PressAsync(browser, "take");
        await ShowsAsync(page, "body", "You have it. Nobody else is called.");
        var taken = (await Api.GetAsync("/pages", Ct)).GetProperty("pages").GetProperty("items")[0].GetProperty("number").GetInt32();
        var detail = await Api.GetAsync($"/pages/{taken}", Ct);
        Assert.Equal(("acknowledged", "push"), (detail.GetProperty("state").GetString(), detail.GetProperty("acknowledgedVia").GetString()));
    }

    private static Task ShowsAsync(IPage page, string part, string text) => Eventually.HoldsAsync($"a notification with \"{text}\"", Patience, async _ =>
        (await page.EvaluateAsync<string[]>($"navigator.serviceWorker.ready.then(r => r.getNotifications()).then(all => all.map(n => n.{part}))")).Any(t => t.Contains(text, StringComparison.OrdinalIgnoreCase)), Ct);

    /// <summary>
    /// Tells the service worker of a press on its notification, as the browser does. The worker's wait for what it does is refused, since no
    /// hand pressed; what it does has begun by then.
    /// </summary>
    private static async Task PressAsync(IBrowser browser, string action)
    {
        var session = await browser.NewBrowserCDPSessionAsync();
        var targets = (await session.SendAsync("Target.getTargets"))!.Value.GetProperty("targetInfos").EnumerateArray();
        var worker = targets.First(t => t.GetProperty("type").GetString() == "service_worker").GetProperty("targetId").GetString()!;
        var attached = (await session.SendAsync("Target.attachToTarget", new() { ["targetId"] = worker, ["flatten"] = false }))!.Value.GetProperty("sessionId").GetString()!;
        var expression = $"self.registration.getNotifications().then(([call]) => self.dispatchEvent(new NotificationEvent('notificationclick', {{ notification: call, action: '{action}' }})))";
        await session.SendAsync("Target.sendMessageToTarget", new() { ["sessionId"] = attached, ["message"] = JsonSerializer.Serialize(new { id = 1, method = "Runtime.evaluate", @params = new { expression } }) });
    }

    private async Task<Worker> WorkerAsync(IBrowserContext context, IPage page)
    {
        var session = await context.NewCDPSessionAsync(page);
        var worker = new Worker(session, Portal.Address + "/");
        await session.SendAsync("ServiceWorker.enable");
        return worker;
    }

    /// <summary>The registration of the portal's service worker, to which a message is handed as the browser does that got it from its push service.</summary>
    private sealed class Worker
    {
        private readonly ICDPSession session;
        private readonly string origin;
        private string? registration;

        public Worker(ICDPSession session, string origin)
        {
            (this.session, this.origin) = (session, origin);
            session.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, told) =>
                registration = told?.GetProperty("registrations").EnumerateArray().Select(r => r.GetProperty("registrationId").GetString()).LastOrDefault() ?? registration;
        }

        public async Task DeliverAsync(string message)
        {
            await Eventually.HoldsAsync("the service worker", Patience, _ => Task.FromResult(registration is not null), Ct);
            await session.SendAsync("ServiceWorker.deliverPushMessage", new() { ["origin"] = origin, ["registrationId"] = registration!, ["data"] = message });
        }
    }
}
