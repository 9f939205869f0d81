using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.Extensions.Logging.Abstractions;
using SloPortal.Data.Common;
using SloPortal.TestSupport.Cluster;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Incidents.StatusPages;

public sealed class StatusEndpointsTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private static readonly string[] Forms = ["/status/shop", "/status/shop.json", "/status/shop/feed.xml"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_Published_IsReadWithoutSessionCookieOrScript()
    {
        await using var host = await PortalHost.StartAsync();
        await PublishAsync(host);
        using var anybody = host.Browser();

        using var answer = await anybody.GetAsync("/status/shop", Ct);
        var html = await answer.Content.ReadAsStringAsync(Ct);
        using var json = JsonDocument.Parse(await anybody.GetStringAsync("/status/shop.json", Ct));
        var feed = XDocument.Parse(await anybody.GetStringAsync("/status/shop/feed.xml", Ct));

        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.StartsWith("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("Orders fail &lt;b&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("db-7", html, StringComparison.Ordinal);
        Assert.Contains("Outage", html, StringComparison.Ordinal);
        Assert.Equal(("outage", "investigating"), (json.RootElement.GetProperty("services")[0].GetProperty("condition").GetString(), json.RootElement.GetProperty("incidents")[0].GetProperty("state").GetString()));
        Assert.Equal("Investigating: Orders fail <b>", feed.Root!.Element(Atom + "entry")!.Element(Atom + "title")!.Value);
        Assert.StartsWith("urn:uuid:", feed.Root.Element(Atom + "entry")!.Element(Atom + "id")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_RestrictedAfterwards_ForgetsTheIncidentInEveryForm()
    {
        await using var host = await PortalHost.StartAsync();
        var incident = await PublishAsync(host);
        using var client = host.WithToken();
        using var anybody = host.Browser();

        using var restricted = await client.PutAsJsonAsync($"/api/v1/incidents/{incident}/restriction", new { readers = Array.Empty<Guid>() }, Ct);

        Assert.True(restricted.IsSuccessStatusCode);
        foreach (var form in Forms)
            Assert.DoesNotContain("Orders fail", await anybody.GetStringAsync(form, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_UnknownPageAndWrongKey_AnswerAlike()
    {
        await using var host = await PortalHost.StartAsync();
        using var client = host.WithToken();
        await AddServiceAsync(client);
        var made = await PostAsync(client, "status-pages", new { slug = "partners", title = "Partners", audience = "byLink", services = new[] { new { service = "checkout", name = "Orders" } } });
        var key = made.GetProperty("key").GetString();
        using var anybody = host.Browser();

        foreach (var form in (string[])["", ".json", "/feed.xml"])
        {
            using var unknown = await anybody.GetAsync($"/status/nobody{form}", Ct);
            using var keyless = await anybody.GetAsync($"/status/partners{form}", Ct);
            using var wrong = await anybody.GetAsync($"/status/partners{form}?key=wrong", Ct);
            using var right = await anybody.GetAsync($"/status/partners{form}?key={key}", Ct);

            Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK], [unknown.StatusCode, keyless.StatusCode, wrong.StatusCode, right.StatusCode]);
            Assert.Equal(await unknown.Content.ReadAsStringAsync(Ct), await keyless.Content.ReadAsStringAsync(Ct));
            Assert.Equal(await unknown.Content.ReadAsStringAsync(Ct), await wrong.Content.ReadAsStringAsync(Ct));
            Assert.Equal("private, no-store", string.Join(", ", right.Headers.CacheControl!.ToString().Split(", ").OrderDescending()));
            Assert.Equal(["noindex"], right.Headers.GetValues("X-Robots-Tag"));
        }
    }

    [Fact]
    public async Task Status_DatabaseIsKilled_StillAnswersAlsoWhoHasASession()
    {
        var folder = Directory.CreateTempSubdirectory("sloportal-status-").FullName;
        var postgres = await PrivatePostgres.StartAsync(new PrivatePostgresOptions { DataFolder = folder }, NullLogger.Instance, Ct);
        try
        {
            await using var host = PortalHost.StartOn(postgres.ConnectionString, PortalHost.Administrator);
            await PublishAsync(host);
            using var session = await host.SignedInAsync();
            using var anybody = host.Browser();
            Assert.Contains("Orders fail", await anybody.GetStringAsync("/status/shop", Ct), StringComparison.Ordinal);

            await Postmaster.QuitAsync(folder, Ct);

            await Eventually.HoldsAsync(async () => (await session.GetAsync("/services", Ct)).StatusCode == HttpStatusCode.ServiceUnavailable);
            foreach (var reader in (HttpClient[])[anybody, session])
            {
                foreach (var form in Forms)
                    Assert.Contains("Orders fail", await reader.GetStringAsync(form, Ct), StringComparison.Ordinal);
            }
            await postgres.DisposeAsync();
            postgres = await PrivatePostgres.StartAsync(new PrivatePostgresOptions { DataFolder = folder }, NullLogger.Instance, Ct);
        }
        finally
        {
            await postgres.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Publishes an update of an incident whose own title nobody outside may read.</summary>
    private static async Task<int> PublishAsync(PortalHost host)
    {
        using var client = host.WithToken();
        await AddServiceAsync(client);
        await PostAsync(client, "status-pages", new { slug = "shop", title = "Shop", audience = "everybody", needsApproval = false, services = new[] { new { service = "checkout", name = "Orders" } } });
        var incident = (await PostAsync(client, "incidents", new { title = "db-7 is on fire", severity = "sev2", services = new[] { "checkout" } })).GetInt32();
        await PostAsync(client, $"incidents/{incident}/updates", new
        {
            state = "investigating", title = "Orders fail <b>", body = "We look into it.", statusPages = new[] { "shop" }, services = new[] { new { service = "checkout", condition = "outage" } },
        });
        return incident;
    }

    private static async Task AddServiceAsync(HttpClient client)
    {
        await PostAsync(client, "teams", new { slug = "shop", name = "Shop", description = "" });
        await PostAsync(client, "services", new { slug = "checkout", name = "Checkout", description = "", tier = "standard", ownerTeam = "shop", links = Array.Empty<object>() });
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/" + path, body, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }
}
