using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;
using SloPortal.TestSupport;

namespace SloPortal.Browser.Tests.Incidents;

/// <summary>The timeline as people use it: by keyboard, in several browsers, over a connection that breaks.</summary>
public sealed partial class TimelineTests : BrowserTest
{
    private readonly List<IAsyncDisposable> portals = [];
    private string database = "";

    [Fact]
    public async Task Write_TwentyEntriesByKeyboard_StandInBothPortalsBrowsers()
    {
        var (here, there) = (await StartAsync("timeline-here"), await StartAsync("timeline-there"));
        using var api = new PortalApi(here.Address, RunningPortal.AdminToken);
        var incident = await DeclareAsync(api);
        var writer = await OpenAsync(here.Address, incident);
        var reader = await OpenAsync(there.Address, incident);
        var line = writer.Page.Locator("#line");
        await Assertions.Expect(line).ToBeFocusedAsync();

        string[] lines = ["/status acknowledged", "-5m deploy rolled back", "/severity 3 fewer users", "/impact users 1200", "/decision stay on 7.41", .. Enumerable.Range(1, 14).Select(i => $"observation {i}"), "/status mitigated errors are gone"];
        foreach (var text in lines)
        {
            await writer.Page.Keyboard.TypeAsync(text);
            await writer.Page.Keyboard.PressAsync("Enter");
        }

        // Twenty, and that it was declared; the portal adds what it looked up.
        foreach (var page in new[] { writer.Page, reader.Page })
            await Assertions.Expect(page.Locator(".timeline > li:not([data-kind=Triage])")).ToHaveCountAsync(21);
        await Assertions.Expect(writer.Page.Locator(".outbox > li")).ToHaveCountAsync(0);
        await Assertions.Expect(reader.Page.Locator(".page-title")).ToContainTextAsync("Mitigated");
        await Assertions.Expect(reader.Page.Locator(".page-title")).ToContainTextAsync("SEV-3");
        await Assertions.Expect(reader.Page.Locator(".timeline > li", new() { HasText = "deploy rolled back" })).ToContainTextAsync("entered 5 min");
        Assert.Equal(0, await DoubledAsync(api, incident));
    }

    [Fact]
    public async Task Type_ACommand_IsCompletedAndSaysWhatItBecomes()
    {
        var portal = await StartAsync("timeline-complete");
        using var api = new PortalApi(portal.Address, RunningPortal.AdminToken);
        var visitor = await OpenAsync(portal.Address, await DeclareAsync(api));
        var (page, becomes) = (visitor.Page, visitor.Page.Locator("#line-becomes"));

        await page.Keyboard.TypeAsync("-5m /st");
        await Assertions.Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(3);
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#line")).ToHaveValueAsync("-5m /status mitigated ");
        await Assertions.Expect(becomes).ToContainTextAsync("status → mitigated, 5 min ago");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".page-title")).ToContainTextAsync("Mitigated");

        visitor.Expects("status of 400");
        await page.Keyboard.TypeAsync("/status closed");
        await Assertions.Expect(becomes).ToContainTextAsync("what can follow is acknowledged or resolved");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#line")).ToHaveValueAsync("/status closed");

        await page.Locator("#line").FillAsync("2099-01-01 10:00 it is over");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".outbox")).ToContainTextAsync("in the future");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add it so" }).ClickAsync();
        await Assertions.Expect(page.Locator(".timeline")).ToContainTextAsync("it is over");
    }

    [Fact]
    public async Task Type_WhileThePortalIsAway_IsKeptAndSentOnce()
    {
        var url = $"http://127.0.0.1:{FreePort.Take()}";
        var portal = await StartAsync("timeline-away", url);
        using var api = new PortalApi(portal.Address, RunningPortal.AdminToken);
        var incident = await DeclareAsync(api);
        var visitor = await OpenAsync(portal.Address, incident);
        visitor.Expects("Failed to load resource|WebSocket|ERR_|Failed to fetch|Connection disconnected|Failed to (start|complete)|Error: (Connection|Failed|WebSocket)|reconnect");
        var page = visitor.Page;

        await portal.KillAsync();
        await page.Keyboard.TypeAsync("said while it was away");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".outbox")).ToContainTextAsync("waits for the connection");
        await page.Keyboard.TypeAsync("half a sen");
        await StartAsync("timeline-back", url);

        await Eventually.HoldsAsync("the line to be sent", TimeSpan.FromSeconds(30), async ct => await CountAsync(api, incident, "said while it was away") == 1, Ct);
        await visitor.GoToAsync($"/incidents/{incident}");
        await Assertions.Expect(page.Locator("#line")).ToHaveValueAsync("half a sen");
        await Assertions.Expect(page.Locator(".timeline > li", new() { HasText = "said while it was away" })).ToHaveCountAsync(1);
        await page.Keyboard.TypeAsync("tence");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".timeline > li", new() { HasText = "half a sentence" })).ToHaveCountAsync(1);
        Assert.Equal(0, await DoubledAsync(api, incident));
    }

    [Fact]
    public async Task Look_BackByKeyboard_ShowsWhatWasKnownAndStandsInTheAddress()
    {
        var portal = await StartAsync("timeline-back-in-time");
        using var api = new PortalApi(portal.Address, RunningPortal.AdminToken);
        var incident = await DeclareAsync(api);
        await api.PostAsync($"/incidents/{incident}/timeline", new { body = "known from the first" }, Ct);
        // A slider of seconds needs some.
        await Eventually.HoldsAsync("three seconds to pass", TimeSpan.FromSeconds(10), async _ => await AgeAsync(api, incident) > TimeSpan.FromSeconds(3), Ct);
        await api.PostAsync($"/incidents/{incident}/timeline", new { body = "known at last" }, Ct);
        var visitor = await OpenAsync(portal.Address, incident);
        var (page, entries) = (visitor.Page, visitor.Page.Locator(".timeline"));
        await Assertions.Expect(entries).ToContainTextAsync("known at last");

        await page.GetByLabel("What did we know").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page).ToHaveURLAsync(KnownAt());
        await Assertions.Expect(entries).ToContainTextAsync("Declared as SEV-2");
        await Assertions.Expect(entries).Not.ToContainTextAsync("known at last");

        await visitor.GoToAsync(new Uri(page.Url).PathAndQuery);
        await Assertions.Expect(page.Locator(".timeline")).Not.ToContainTextAsync("known at last");
        await page.GetByRole(AriaRole.Link, new() { Name = "Back to now" }).ClickAsync();
        await Assertions.Expect(page.Locator(".timeline")).ToContainTextAsync("known at last");
    }

    [Fact]
    public async Task Paste_AChat_IsConfirmedAndWhatCannotBeReadIsKept()
    {
        var portal = await StartAsync("timeline-chat");
        using var api = new PortalApi(portal.Address, RunningPortal.AdminToken);
        var visitor = await OpenAsync(portal.Address, await DeclareAsync(api));
        var page = visitor.Page;

        await page.GetByText("More", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Paste a chat" }).ClickAsync();
        await page.Locator("#chat-text").FillAsync("exported by somebody\n\n[00:01] ruth: looks like the pool\n[00:02] omar: restarting it");
        await page.GetByRole(AriaRole.Button, new() { Name = "Read", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add 2 messages" }).ClickAsync();

        await Assertions.Expect(page.Locator(".timeline > li", new() { HasText = "restarting it" })).ToContainTextAsync("omar in a chat");
        await Assertions.Expect(page.Locator("#chat-text")).ToHaveValueAsync("exported by somebody");
    }

    protected override async ValueTask LeaveAsync()
    {
        foreach (var portal in portals)
            await portal.DisposeAsync();
        if (database.Length > 0)
            await TestPostgres.DropDatabaseAsync(database, CancellationToken.None);
    }

    private async Task<RunningPortal> StartAsync(string name, string? url = null)
    {
        var first = database.Length == 0;
        if (first)
            database = await TestPostgres.CreateDatabaseAsync(Ct);
        var portal = await RunningPortal.StartAsync(name, database, withAdministrator: first, Ct, url is null ? null : new Dictionary<string, string> { ["ASPNETCORE_URLS"] = url });
        portals.Add(portal);
        return portal;
    }

    private async Task<Visitor> OpenAsync(string address, int incident)
    {
        var visitor = await ComeAsync(address);
        await visitor.SignInAsync(RunningPortal.AdminEmail);
        await visitor.GoToAsync($"/incidents/{incident}");
        return visitor;
    }

    /// <summary>Began half an hour ago.</summary>
    private static async Task<int> DeclareAsync(PortalApi api) =>
        (await api.PostAsync("/incidents", new { title = "Orders fail after release 7.42", severity = "sev2", services = Array.Empty<string>(), startedAt = TimeProvider.System.GetUtcNow().AddMinutes(-30) }, Ct)).GetInt32();

    private static async Task<List<string>> BodiesAsync(PortalApi api, int incident) =>
        [.. (await api.GetAsync($"/incidents/{incident}/timeline?take=1000", Ct)).GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("body").GetString()!)];

    private static async Task<int> CountAsync(PortalApi api, int incident, string body) => (await BodiesAsync(api, incident)).Count(b => b == body);

    private static async Task<int> DoubledAsync(PortalApi api, int incident)
    {
        var bodies = await BodiesAsync(api, incident);
        return bodies.Count - bodies.Distinct().Count();
    }

    private static async Task<TimeSpan> AgeAsync(PortalApi api, int incident) =>
        TimeProvider.System.GetUtcNow() - (await api.GetAsync($"/incidents/{incident}/timeline", Ct)).GetProperty("lastRecorded").GetDateTimeOffset();

    [GeneratedRegex(@"\?knownAt=")]
    private static partial Regex KnownAt();
}
