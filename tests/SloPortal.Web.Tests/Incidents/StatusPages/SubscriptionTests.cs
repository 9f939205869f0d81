using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using SloPortal.Application.Tests.Budgets;
using SloPortal.Data.Common;
using SloPortal.TestSupport.Cluster;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Incidents.StatusPages;

public sealed class SubscriptionTests
{
    private const string Address = "reader@example.org";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Subscription_FromTheFormToTheOneClickOfAMailProgram_TellsWhatIsPublished()
    {
        using var mail = await MailServer.StartAsync();
        await using var host = await PortalHost.StartAsync(Settings(mail));
        using var client = host.WithToken();
        var key = await AddPageAsync(client, "byLink");
        using var anybody = host.Browser();

        var form = Assert.Single(Regex.Matches(await anybody.GetStringAsync($"/status/shop?key={key}", Ct), "<form [^>]*action=\"([^\"]+)\"")).Groups[1].Value;
        var asked = await PostAsync(anybody, form, ("address", Address));
        Assert.Contains("Look into your mail.", asked.Text, StringComparison.Ordinal);
        var confirm = LinkIn(await MailAsync(mail, 1), "confirm");

        // As a guard of a mail program does, several times.
        Assert.Contains("Send every update to r…@example.org?", await anybody.GetStringAsync(confirm, Ct), StringComparison.Ordinal);
        Assert.Contains("Send every update to r…@example.org?", await anybody.GetStringAsync(confirm, Ct), StringComparison.Ordinal);
        Assert.Contains("gets every update from now on", (await PostAsync(anybody, confirm)).Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Conflict, true), await SaysAsync(PostAsync(anybody, confirm), "is confirmed already"));
        await PublishAsync(client);
        var update = await MailAsync(mail, 2);

        Assert.Equal("Shop: Orders fail (investigating)", update.Subject);
        Assert.Contains($"{host.ClientOptions.BaseAddress}status/shop?key={key}#", update.TextBody, StringComparison.Ordinal);
        var unsubscribe = update.Headers["List-Unsubscribe"]!.Trim('<', '>');
        Assert.Equal(LinkIn(update, "unsubscribe"), unsubscribe);
        Assert.Contains("End the mails to r…@example.org?", await anybody.GetStringAsync(unsubscribe, Ct), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, true), await SaysAsync(PostAsync(anybody, unsubscribe, ("List-Unsubscribe", "One-Click")), "is forgotten"));
        Assert.Equal((HttpStatusCode.OK, true), await SaysAsync(PostAsync(anybody, unsubscribe, ("List-Unsubscribe", "One-Click")), "has ended already"));
        var left = await client.GetFromJsonAsync<JsonElement>("/api/v1/status-pages/shop/subscribers", Ct);
        Assert.Equal(0, left.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Subscribe_KnownAndUnknown_GetTheSameDocumentWithoutCookie()
    {
        using var mail = await MailServer.StartAsync();
        await using var host = await PortalHost.StartAsync(Settings(mail));
        using var client = host.WithToken();
        await AddPageAsync(client, "everybody");
        using var anybody = host.Browser();

        var first = await PostAsync(anybody, "/status/shop/subscribers", ("address", Address));
        var second = await PostAsync(anybody, "/status/shop/subscribers", ("address", Address));
        var nobody = await PostAsync(anybody, "/status/nobody/subscribers", ("address", Address));
        var wrong = await PostAsync(anybody, "/status/shop/subscribers", ("address", "reader"));
        var cross = await PostAsync(anybody, "/status/shop/subscribers", fields: [("address", Address)], site: "cross-site");

        Assert.Equal((HttpStatusCode.OK, first.Text), (second.Status, second.Text));
        Assert.False(first.SetsCookie);
        Assert.Contains("form-action 'self'", first.Policy, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.Forbidden), (nobody.Status, wrong.Status, cross.Status));
    }

    [Fact]
    public async Task Subscribe_TooOftenFromOneAddress_IsToldToWait()
    {
        using var mail = await MailServer.StartAsync();
        await using var host = await PortalHost.StartAsync([.. Settings(mail), ("RateLimits:SubscribePerMinute", "2")]);
        using var client = host.WithToken();
        await AddPageAsync(client, "everybody");
        using var anybody = host.Browser();

        List<HttpStatusCode> answers = [];
        for (var i = 0; i < 3; i++)
            answers.Add((await PostAsync(anybody, "/status/shop/subscribers", ("address", $"r{i}@example.org"))).Status);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], answers);
    }

    [Fact]
    public async Task Status_NoMailServer_OffersNoForm()
    {
        await using var host = await PortalHost.StartAsync(("Portal:PublicUrl", "http://localhost"));
        using var client = host.WithToken();
        await AddPageAsync(client, "everybody");
        using var anybody = host.Browser();

        Assert.DoesNotContain("<form", await anybody.GetStringAsync("/status/shop", Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(anybody, "/status/shop/subscribers", ("address", Address))).Status);
        using var administrator = await host.SignedInAsync();
        Assert.Contains("Set Smtp__Host.", await administrator.GetStringAsync("/settings/status-pages", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribe_DatabaseIsAway_SaysThatItDoesNotWorkAtTheMoment()
    {
        using var mail = await MailServer.StartAsync();
        var folder = Directory.CreateTempSubdirectory("sloportal-subscribe-").FullName;
        var postgres = await PrivatePostgres.StartAsync(new PrivatePostgresOptions { DataFolder = folder }, NullLogger.Instance, Ct);
        try
        {
            await using var host = PortalHost.StartOn(postgres.ConnectionString, [.. PortalHost.Administrator, .. Settings(mail)]);
            using var client = host.WithToken();
            await AddPageAsync(client, "everybody");
            using var anybody = host.Browser();
            Assert.Contains("<form", await anybody.GetStringAsync("/status/shop", Ct), StringComparison.Ordinal);

            await Postmaster.QuitAsync(folder, Ct);

            await Eventually.HoldsAsync(async () => (await PostAsync(anybody, "/status/shop/subscribers", ("address", Address))).Status == HttpStatusCode.ServiceUnavailable);
            Assert.Contains("does not work at the moment", (await PostAsync(anybody, "/status/shop/subscribers", ("address", Address))).Text, StringComparison.Ordinal);
            await postgres.DisposeAsync();
            postgres = await PrivatePostgres.StartAsync(new PrivatePostgresOptions { DataFolder = folder }, NullLogger.Instance, Ct);
        }
        finally
        {
            await postgres.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (string, string)[] Settings(MailServer mail) => [.. mail.Settings, ("Portal:PublicUrl", "http://localhost")];

    /// <returns>The key of its link, if it needs one.</returns>
    private static async Task<string?> AddPageAsync(HttpClient client, string audience)
    {
        await SendAsync(client, "teams", new { slug = "shop", name = "Shop", description = "" });
        await SendAsync(client, "services", new { slug = "checkout", name = "Checkout", description = "", tier = "standard", ownerTeam = "shop", links = Array.Empty<object>() });
        return (await SendAsync(client, "status-pages", new { slug = "shop", title = "Shop", audience, needsApproval = false, services = new[] { new { service = "checkout", name = "Orders" } } })).GetProperty("key").GetString();
    }

    private static async Task PublishAsync(HttpClient client)
    {
        var incident = (await SendAsync(client, "incidents", new { title = "db-7 is on fire", severity = "sev2", services = new[] { "checkout" } })).GetInt32();
        await SendAsync(client, $"incidents/{incident}/updates", new { state = "investigating", title = "Orders fail", body = "We look into it.", statusPages = new[] { "shop" } });
    }

    private static async Task<JsonElement> SendAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/" + path, body, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private static Task<Answer> PostAsync(HttpClient browser, string address, params (string Name, string Value)[] fields) => PostAsync(browser, address, fields, "same-origin");

    private static async Task<Answer> PostAsync(HttpClient browser, string address, (string Name, string Value)[] fields, string site)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
        request.Headers.Add("Sec-Fetch-Site", site);
        using var answer = await browser.SendAsync(request, Ct);
        return new(answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct), answer.Headers.Contains("Set-Cookie"), string.Concat(answer.Headers.GetValues("Content-Security-Policy")));
    }

    private static async Task<(HttpStatusCode Status, bool Says)> SaysAsync(Task<Answer> asked, string words) => ((await asked).Status, (await asked).Text.Contains(words, StringComparison.Ordinal));

    private static async Task<MimeMessage> MailAsync(MailServer mail, int count)
    {
        await Eventually.HoldsAsync(() => Task.FromResult(mail.Mails.Count >= count));
        return mail.Mails.ElementAt(count - 1);
    }

    private static string LinkIn(MimeMessage mail, string link) => Regex.Match(mail.TextBody!, $"http://localhost/status/shop/{link}/\\S+").Value;

    private sealed record Answer(HttpStatusCode Status, string Text, bool SetsCookie, string Policy);
}
