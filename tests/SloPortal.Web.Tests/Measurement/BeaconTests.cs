using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SloPortal.Application.Measurement.Beacons;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Measurement;

/// <summary>What a browser of another site gets, with no session.</summary>
public sealed class BeaconTests
{
    private const string Site = "https://shop.example.com";
    private const string View = """{"group":"other","view":true,"firstByteMs":80,"loadMs":900,"errors":0,"failed":0}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Report_FromItsSiteOnly_IsTakenWithinBounds()
    {
        await using var portal = await PortalHost.StartAsync(("RateLimits:BeaconPerMinute", "6"));
        var key = await KeyAsync(portal);
        using var browser = portal.Browser();

        using (var script = await browser.GetAsync(new Uri($"/beacon/{key}.js", UriKind.Relative), Ct))
        {
            Assert.Equal("text/javascript", script.Content.Headers.ContentType!.MediaType);
            Assert.Equal("cross-origin", script.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
            Assert.False(script.Headers.Contains("Set-Cookie"));
            Assert.InRange((await script.Content.ReadAsByteArrayAsync(Ct)).Length, 500, BeaconScript.MostBytes - 1);
        }
        using (var taken = await ReportAsync(browser, key, Site, View))
        {
            Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
            Assert.Equal(Site, taken.Headers.GetValues("Access-Control-Allow-Origin").Single());
            Assert.False(taken.Headers.Contains("Set-Cookie"));
        }
        await ExpectAsync(HttpStatusCode.Forbidden, key, "https://evil.example.com", View);
        await ExpectAsync(HttpStatusCode.BadRequest, key, Site, "{");
        await ExpectAsync(HttpStatusCode.BadRequest, key, Site, View + new string(' ', 1024));
        await ExpectAsync(HttpStatusCode.NotFound, "no-such-key", Site, View);
        await ExpectAsync(HttpStatusCode.NoContent, key, Site, View);
        await ExpectAsync(HttpStatusCode.NoContent, key, Site, View);
        await ExpectAsync(HttpStatusCode.TooManyRequests, key, Site, View);

        async Task ExpectAsync(HttpStatusCode expected, string to, string origin, string body)
        {
            using var answer = await ReportAsync(browser, to, origin, body);
            Assert.Equal(expected, answer.StatusCode);
            if (expected == HttpStatusCode.Forbidden)
                Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    private static async Task<string> KeyAsync(PortalHost portal)
    {
        using var client = portal.WithToken();
        foreach (var (path, body) in ((string, object)[])[
            ("/teams", new { slug = "shop", name = "Shop", description = "" }),
            ("/services", new { slug = "checkout", name = "Checkout", description = "", tier = "standard", ownerTeam = "shop", links = Array.Empty<object>() })])
            (await client.PostAsJsonAsync("/api/v1" + path, body, Ct)).EnsureSuccessStatusCode();
        using var made = await client.PostAsJsonAsync("/api/v1/sources/beacons", new { name = "Browser", service = "checkout", origins = new[] { Site } }, Ct);
        var id = await made.Content.ReadFromJsonAsync<int>(Ct);
        await portal.Services.GetRequiredService<BeaconListener>().StoreAsync();
        return (await client.GetFromJsonAsync<JsonElement>($"/api/v1/sources/{id}/beacon", Ct)).GetProperty("key").GetString()!;
    }

    private static Task<HttpResponseMessage> ReportAsync(HttpClient browser, string key, string origin, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/beacon/{key}") { Content = new StringContent(body) };
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        return browser.SendAsync(request, Ct);
    }
}
