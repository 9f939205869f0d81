using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Playwright;
using SloPortal.Application.Access;
using SloPortal.Browser.Tests.Harness;
using SloPortal.TestSupport.Cluster;

namespace SloPortal.Browser.Tests.Outage;

/// <summary>The database crashes and comes back while people have pages open and programs send.</summary>
public sealed class DatabaseAwayTests : BrowserTest
{
    private const string Sentence = "The database does not answer";

    private readonly KillablePostgres postgres = new();
    private readonly HttpClient sender = new();
    private RunningPortal? portal;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await postgres.StartAsync(Ct);
        portal = await RunningPortal.StartAsync("outage", postgres.ConnectionString, withAdministrator: true, Ct);
        sender.BaseAddress = new Uri(portal.Address);
        sender.DefaultRequestHeaders.Authorization = new("Bearer", RunningPortal.AdminToken);
    }

    protected override async ValueTask LeaveAsync()
    {
        sender.Dispose();
        if (portal is not null)
            await portal.DisposeAsync();
        await postgres.DisposeAsync();
    }

    [Fact]
    public async Task Database_CrashesAndComesBack_PagesSaySoAndNothingIsLost()
    {
        using var api = new PortalApi(portal!.Address, RunningPortal.AdminToken);
        await api.PostAsync("/teams", new { slug = "shop", name = "Shop", description = "" }, Ct);
        await api.PostAsync("/services", new { slug = "checkout", name = "Checkout", description = "", tier = "standard", ownerTeam = "shop", links = Array.Empty<object>() }, Ct);
        await api.PostAsync("/slis", new { service = "checkout", slug = "orders", name = "Orders", description = "", sourceId = (int?)null, definition = new { kind = "pushed" } }, Ct);
        Assert.Equal(HttpStatusCode.OK, (await PushAsync("before")).StatusCode);
        var session = await new People(portal.Address, api).AdministratorAsync(Ct);
        var writer = await ComeAsync(portal.Address, session);
        await writer.GoToAsync("/services/new");
        await writer.Page.Locator("#name").FillAsync("Basket");
        await writer.Page.Locator("#description").FillAsync("Typed before the crash.");
        var reader = await ComeAsync(portal.Address, session);
        await reader.GoToAsync("/services");

        await postgres.KillAsync(Ct);

        await writer.Page.GetByRole(AriaRole.Button, new() { Name = "Create service" }).ClickAsync();
        await Assertions.Expect(writer.Page.GetByText(Sentence).First).ToBeVisibleAsync();
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Objectives", Exact = true }).First.ClickAsync();
        await Assertions.Expect(reader.Page.GetByText(Sentence).First).ToBeVisibleAsync();
        // Longer than a session is believed without asking the database, so that it also outlives that.
        var away = Stopwatch.StartNew();
        await Eventually.HoldsAsync("the outage to outlast what is remembered of a session", TimeSpan.FromMinutes(1), async _ =>
        {
            using var refused = await PushAsync("during");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            return away.Elapsed > ActorDirectory.Freshness + TimeSpan.FromSeconds(2);
        }, Ct);
        await Assertions.Expect(writer.Page.Locator("#name")).ToHaveValueAsync("Basket");

        await postgres.StartAsync(Ct);

        await Eventually.HoldsAsync("what was refused to be taken", TimeSpan.FromMinutes(1), async _ => (await PushAsync("during")).StatusCode == HttpStatusCode.OK, Ct);
        Assert.Equal(HttpStatusCode.OK, (await PushAsync("during")).StatusCode);
        await Assertions.Expect(reader.Page.GetByText(Sentence)).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Objectives");
        await Assertions.Expect(reader.Page.Locator(".skel")).ToHaveCountAsync(0);
        await Assertions.Expect(writer.Page.Locator("#description")).ToHaveValueAsync("Typed before the crash.");
        await writer.Page.Locator("#team").SelectOptionAsync("shop");
        await writer.Page.GetByRole(AriaRole.Button, new() { Name = "Create service" }).ClickAsync();
        await Assertions.Expect(writer.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Basket");
        var sli = (await api.GetAsync("/slis?service=checkout", Ct))[0].GetProperty("id").GetInt32();
        var counted = await api.GetAsync($"/slis/{sli}/counts?stepMinutes=60", Ct);
        Assert.Equal(200, Total(counted));
    }

    [Fact]
    public async Task Database_AwayWhileAFormReads_TheFormStaysAndSaysSo()
    {
        using var api = new PortalApi(portal!.Address, RunningPortal.AdminToken);
        await api.PostAsync("/teams", new { slug = "shop", name = "Shop", description = "" }, Ct);
        await api.PostAsync("/services", new { slug = "checkout", name = "Checkout", description = "", tier = "standard", ownerTeam = "shop", links = Array.Empty<object>() }, Ct);
        await api.PostAsync("/slis", new { service = "checkout", slug = "orders", name = "Orders", description = "", sourceId = (int?)null, definition = new { kind = "pushed" } }, Ct);
        await api.PostAsync("/sources", new { name = "West", url = "http://127.0.0.1:9", everySeconds = 3600 }, Ct);
        var session = await new People(portal.Address, api).AdministratorAsync(Ct);
        var definer = await OpenAsync(session, "/services/checkout/slis/new", "#name");
        await definer.GetByText("A level", new() { Exact = true }).ClickAsync();
        await definer.Locator("#metric").FillAsync("queue_age");
        await definer.Locator("#threshold").FillAsync("5");
        var proposer = await OpenAsync(session, "/services/checkout/objectives/new", "#name");
        var declarer = await OpenAsync(session, "/incidents/declare", "#title");
        var finder = await OpenAsync(session, "/settings/teams/shop", "#member-search");

        await postgres.KillAsync(Ct);

        await definer.Locator("#metric").PressSequentiallyAsync("_seconds");
        await Assertions.Expect(definer.Locator(".preview-side").GetByText(Sentence)).ToBeVisibleAsync();
        await Assertions.Expect(definer.Locator("#metric-hint")).ToContainTextAsync(Sentence);
        await proposer.Locator("#target").FillAsync("99.5");
        await declarer.Locator("#services").SelectOptionAsync("checkout");
        await finder.Locator("#member-search").PressAsync("Enter");
        foreach (var page in (IPage[])[proposer, declarer, finder])
            await Assertions.Expect(page.Locator(".note").GetByText(Sentence)).ToBeVisibleAsync();
        await KeptAsync();

        await postgres.StartAsync(Ct);

        using var http = new HttpClient { BaseAddress = new Uri(portal.Address) };
        await Eventually.HoldsAsync("the portal to be ready", TimeSpan.FromMinutes(1), async ct => (await http.GetAsync(new Uri("/health/ready", UriKind.Relative), ct)).IsSuccessStatusCode, Ct);
        await proposer.Locator("#target").FillAsync("99.7");
        await definer.Locator("#metric").FillAsync("queue_age_minutes");
        await finder.Locator("#member-search").PressAsync("Enter");
        foreach (var page in (IPage[])[definer, proposer, finder])
            await Assertions.Expect(page.GetByText(Sentence)).ToHaveCountAsync(0);
        await KeptAsync();

        async Task KeptAsync()
        {
            await Assertions.Expect(definer.Locator("#name")).ToHaveValueAsync("Typed before");
            await Assertions.Expect(proposer.Locator("#name")).ToHaveValueAsync("Typed before");
            await Assertions.Expect(declarer.Locator("#title")).ToHaveValueAsync("Typed before");
            await Assertions.Expect(finder.Locator("#member-search")).ToHaveValueAsync("Typed before");
        }
    }

    private async Task<IPage> OpenAsync(string session, string path, string field)
    {
        var visitor = await ComeAsync(portal!.Address, session);
        await visitor.GoToAsync(path);
        await visitor.Page.Locator(field).FillAsync("Typed before");
        return visitor.Page;
    }

    private static double Total(System.Text.Json.JsonElement counts) =>
        (counts.ValueKind == System.Text.Json.JsonValueKind.Array ? counts : counts.EnumerateObject().Select(p => p.Value).First(v => v.ValueKind == System.Text.Json.JsonValueKind.Array))
        .EnumerateArray().Sum(step => step.GetProperty("total").GetDouble());

    private Task<HttpResponseMessage> PushAsync(string key)
    {
        // The same for the whole test, whatever minute it is.
        var start = new DateTimeOffset(portalStarted.Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero).AddHours(-2);
        return sender.PostAsJsonAsync("/api/v1/push", new { key, service = "checkout", sli = "orders", intervals = new[] { new { start, end = start.AddMinutes(10), good = 99, total = 100 } } }, Ct);
    }

    private readonly DateTime portalStarted = DateTime.UtcNow;
}
