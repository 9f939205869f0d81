using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;
using SloPortal.TestSupport;
using SloPortal.TestSupport.Cluster;

namespace SloPortal.Browser.Tests.Cluster;

/// <summary>Somebody reads over a balancer, and the portal that serves the page dies.</summary>
public sealed class PortalLeavesTests : BrowserTest
{
    private string database = "";
    private RunningPortal? a;
    private RunningPortal? b;
    private Balancer? balancer;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        database = await TestPostgres.CreateDatabaseAsync(Ct);
        a = await RunningPortal.StartAsync("leaves-a", database, withAdministrator: true, Ct);
        b = await RunningPortal.StartAsync("leaves-b", database, withAdministrator: true, Ct);
        balancer = await Balancer.HaproxyAsync(new Uri(a.Address), new Uri(b.Address), Ct);
    }

    protected override async ValueTask LeaveAsync()
    {
        balancer?.Dispose();
        foreach (var portal in new[] { a, b }.OfType<RunningPortal>())
            await portal.DisposeAsync();
        await TestPostgres.DropDatabaseAsync(database, CancellationToken.None);
    }

    [Fact]
    public async Task Portal_DiesBehindTheBalancer_ThePageLivesOnTheOtherWithTheSameSession()
    {
        var reader = await ComeAsync(balancer!.Address.ToString().TrimEnd('/'));
        reader.Expects("ERR_|WebSocket|50[234]|Connection disconnected|Failed to");
        await reader.SignInAsync(RunningPortal.AdminEmail);
        await reader.GoToAsync("/services");
        var served = await ServedByAsync(reader);

        await (served == "a" ? a! : b!).KillAsync();

        await Eventually.HoldsAsync("the page to be served by the other portal", TimeSpan.FromMinutes(1), async _ => await ServedByAsync(reader) is { Length: > 0 } now && now != served, Ct);
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Services", new() { Timeout = 30_000 });
        await Assertions.Expect(reader.Page.Locator("main[aria-busy=true]")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Objectives", Exact = true }).First.ClickAsync();
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Objectives");
    }

    private static async Task<string?> ServedByAsync(Visitor visitor) => (await visitor.Context.CookiesAsync()).FirstOrDefault(c => c.Name == "portal")?.Value;
}
