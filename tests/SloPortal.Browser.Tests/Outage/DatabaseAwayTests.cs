using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Playwright;
using SloPortal.Application.Access;
using SloPortal.Browser.Tests.Harness;

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
