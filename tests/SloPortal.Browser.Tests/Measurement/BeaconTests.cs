using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Measurement;

/// <summary>A page of another site with the script, in a real browser, under the content-security policy that the portal advises.</summary>
[Collection(SeededPortalTests.Name)]
public sealed class BeaconTests(SeededPortal portal) : BrowserTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Page_ThatFailsAndOneThatDoesNot_AreCountedByGroup_AndNobodyIsKnown()
    {
        using var shop = new ShopPages(portal.Address);
        var id = (await portal.Api.PostAsync("/sources/beacons", new
        {
            name = "Shop in the browser", service = "checkout", origins = new[] { shop.Address }, fastMs = 20_000, groups = new[] { new { pattern = "/orders/*", name = "order" } },
        }, Ct)).GetInt32();
        var beacon = await portal.Api.GetAsync($"/sources/{id}/beacon", Ct);
        shop.Key = beacon.GetProperty("key").GetString()!;
        using var http = new HttpClient();
        await Eventually.HoldsAsync("the script", Patience, async ct => (await http.GetAsync(new Uri($"{portal.Address.TrimEnd('/')}/beacon/{shop.Key}.js"), ct)).IsSuccessStatusCode, Ct);

        var visitor = await ComeAsync(shop.Address);
        visitor.Expects("null|503|/fails");
        var reports = new ConcurrentBag<string>();
        visitor.Page.Context.Request += (_, request) =>
        {
            if (request.Method == "POST")
                reports.Add(request.PostData ?? "");
        };
        await visitor.Page.GotoAsync($"{shop.Address}/orders/4711?email=ada@example.com");
        await visitor.Page.GotoAsync($"{shop.Address}/broken");
        await Assertions.Expect(visitor.Page.Locator("#done")).ToBeVisibleAsync();
        await visitor.Page.GotoAsync("about:blank");

        await Eventually.HoldsAsync("both groups", Patience, async _ => (await PagesAsync(id)).Count == 2, Ct);
        Assert.Equal(["order: 1 views, 0 with error, 1 fast, 0 errors, 0 failed", "other: 1 views, 1 with error, 1 fast, 1 errors, 1 failed"], (await PagesAsync(id)).Order());
        Assert.DoesNotContain(reports, r => r.Contains("4711", StringComparison.Ordinal) || r.Contains("ada", StringComparison.Ordinal) || r.Contains("broken", StringComparison.Ordinal));
        Assert.Empty(await visitor.Page.Context.CookiesAsync());

        // Who asks not to be tracked reports nothing, also where the same page fails.
        await visitor.Page.Context.AddInitScriptAsync("Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })");
        var before = reports.Count;
        await visitor.Page.GotoAsync($"{shop.Address}/broken");
        await Assertions.Expect(visitor.Page.Locator("#done")).ToBeVisibleAsync();
        await visitor.Page.GotoAsync("about:blank");
        Assert.Equal(before, reports.Count);
    }

    private async Task<List<string>> PagesAsync(int id) => [.. (await portal.Api.GetAsync($"/sources/{id}/beacon", Ct)).GetProperty("pages").EnumerateArray().Select(p =>
        $"{p.GetProperty("name")}: {p.GetProperty("views")} views, {p.GetProperty("viewsWithError")} with error, {p.GetProperty("fastLoads")} fast, {p.GetProperty("errors")} errors, {p.GetProperty("failed")} failed")];

    /// <summary>A site of two pages: one that works, and one on which a script and a request fail.</summary>
    private sealed class ShopPages : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly string portal;

        public ShopPages(string portal)
        {
            this.portal = portal.TrimEnd('/');
            listener.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
            _ = ServeAsync();
        }

        public string Address { get; }

        public string Key { get; set; } = "";

        public void Dispose() => listener.Stop();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                    _ = AnswerAsync(await listener.AcceptTcpClientAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Stopped.
            }
        }

        private async Task AnswerAsync(TcpClient client)
        {
            using (client)
            {
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, leaveOpen: true);
                var path = (await reader.ReadLineAsync())?.Split(' ')[1] ?? "/";
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                    // The rest of the request says nothing here.
                }
                var status = path == "/fails" ? "503 Service Unavailable" : path.StartsWith("/orders", StringComparison.Ordinal) || path is "/broken" or "/broken.js" ? "200 OK" : "404 Not Found";
                var body = path switch
                {
                    "/broken.js" => "fetch('/fails').then(() => { const p = document.createElement('p'); p.id = 'done'; p.textContent = 'done'; document.body.append(p) }); null.x",
                    "/broken" => $"<!doctype html><html lang=en><title>Shop</title><script src=\"{portal}/beacon/{Key}.js\"></script><body><script src=\"/broken.js\"></script></body></html>",
                    _ => $"<!doctype html><html lang=en><title>Shop</title><script src=\"{portal}/beacon/{Key}.js\"></script><body>Order</body></html>",
                };
                var head = $"HTTP/1.1 {status}\r\nContent-Type: {(path.EndsWith(".js", StringComparison.Ordinal) ? "text/javascript" : "text/html")}\r\nContent-Security-Policy: default-src 'none'; script-src 'self' {portal}; connect-src 'self' {portal}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n";
                await stream.WriteAsync(Encoding.UTF8.GetBytes(head + body));
            }
        }
    }
}
