using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Incidents.Intake;

/// <summary>Each sender's own bodies, and what it is answered.</summary>
public sealed class IntakeTests
{
    private const string Alert = """{"status": "firing", "labels": {"alertname": "HighErrors", "severity": "page", "service": "checkout"}, "annotations": {"summary": "Many errors"}, "startsAt": "2026-11-10T11:59:30Z", "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "http://p", "fingerprint": "c0"}""";

    private const string Webhook = $$"""{"version": "4", "groupKey": "{}", "truncatedAlerts": 0, "status": "firing", "receiver": "r", "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {}, "externalURL": "http://a", "notification_reason": "new", "alerts": [{{Alert}}]}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alertmanager_Webhook_IsASignalOfTheServiceThatItNames()
    {
        await using var portal = await IntakePortal.StartAsync();
        var key = await portal.KeyAsync("alertmanager");

        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.OK, (await portal.SendAsync($"/in/{key}/alertmanager", Webhook)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await portal.SendAsync($"/in/{key}/alertmanager", Webhook.Replace("firing", "resolved", StringComparison.Ordinal).Replace("0001-01-01T00:00:00Z", "2026-11-10T12:30:00Z", StringComparison.Ordinal))).StatusCode);

        var signal = Assert.Single(await portal.SignalsAsync());
        Assert.Equal(("Many errors", "checkout", "resolved", "critical", 2), (signal.GetProperty("title").GetString(), signal.GetProperty("service").GetString(), signal.GetProperty("state").GetString(), signal.GetProperty("severity").GetString(), signal.GetProperty("timesReceived").GetInt32()));
        Assert.Equal(new DateTimeOffset(2026, 11, 10, 12, 30, 0, TimeSpan.Zero), signal.GetProperty("endedAt").GetDateTimeOffset());
        Assert.Null(await portal.ProblemAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Alertmanager_Api_TakesTheKeyInThePathAndAsAHeader(bool header)
    {
        await using var portal = await IntakePortal.StartAsync();
        var key = await portal.KeyAsync("alertmanager");
        var body = """[{"labels": {"alertname": "Up"}, "annotations": {}, "startsAt": "2026-11-10T11:59:30Z", "endsAt": "2999-01-01T00:00:00Z", "generatorURL": ""}]""";

        using var answer = header ? await portal.SendAsync("/api/v2/alerts", body, ("Authorization", $"Bearer {key}")) : await portal.SendAsync($"/in/{key}/api/v2/alerts", body);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("firing", Assert.Single(await portal.SignalsAsync()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task PagerDuty_Events_AreAnsweredAsPagerDutyDoes()
    {
        await using var portal = await IntakePortal.StartAsync();
        var key = await portal.KeyAsync("pagerDuty");

        using (var taken = await portal.SendAsync("/v2/enqueue", $$$"""{"routing_key": "{{{key}}}", "event_action": "trigger", "dedup_key": "srv01/HTTP", "payload": {"summary": "Down", "source": "srv01", "severity": "critical", "timestamp": "2026-11-10T11:59:30.000+0000", "custom_details": {"ping": "1500ms"}}, "client": "Monitor", "client_url": "https://m", "links": [], "images": []}"""))
        {
            Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
            Assert.Equal("""{"status":"success","message":"Event processed","dedup_key":"srv01/HTTP"}""", await taken.Content.ReadAsStringAsync(Ct));
        }
        Assert.Equal(HttpStatusCode.Accepted, (await portal.SendAsync("/v2/enqueue", $$"""{"routing_key": "{{key}}", "event_action": "acknowledge", "dedup_key": "srv01/HTTP"}""")).StatusCode);
        Assert.Equal("acknowledged", Assert.Single(await portal.SignalsAsync()).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.Accepted, (await portal.SendAsync("/v2/enqueue", $$"""{"routing_key": "{{key}}", "event_action": "resolve", "dedup_key": "srv01/HTTP"}""")).StatusCode);
        Assert.Equal("resolved", Assert.Single(await portal.SignalsAsync()).GetProperty("state").GetString());

        using var wrong = await portal.SendAsync("/v2/enqueue", $$$"""{"routing_key": "{{{key}}}", "event_action": "trigger", "payload": {"source": "srv01", "severity": "critical"}}""");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal("""{"status":"invalid event","message":"Event object is invalid","errors":["'payload.summary' is missing or blank"]}""", (await wrong.Content.ReadAsStringAsync(Ct)).Replace("\\u0027", "'", StringComparison.Ordinal));
        Assert.Contains("payload.summary", await portal.ProblemAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await portal.SendAsync("/v2/enqueue", """{"routing_key": "R0", "event_action": "trigger"}""")).StatusCode);
    }

    [Fact]
    public async Task PagerDuty_ChangeEvent_StandsOnTheAxisOfTheService()
    {
        await using var portal = await IntakePortal.StartAsync();
        var key = await portal.KeyAsync("pagerDuty");

        using var taken = await portal.SendAsync("/v2/change/enqueue", $$$"""{"routing_key": "{{{key}}}", "payload": {"summary": "Build Success: Increase snapshot create timeout", "source": "build", "custom_details": {"build_number": "220"}}, "links": [{"href": "https://ci/220", "text": "CI"}]}""");

        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        Assert.Equal("""{"status":"success","message":"Change event processed"}""", await taken.Content.ReadAsStringAsync(Ct));
        Assert.Equal("220", await VersionAsync(portal));
    }

    [Fact]
    public async Task CloudEvents_EachMode_IsTakenAndTheSameOneOnce()
    {
        await using var portal = await IntakePortal.StartAsync();
        var address = $"/in/{await portal.KeyAsync("cloudEvents")}/cloudevents";
        const string One = """{"specversion": "1.0", "id": "1", "source": "/m", "type": "com.example.alert.fired", "subject": "disk", "data": {"title": "Disk full"}}""";

        foreach (var (body, type) in ((string, string)[])[(One, "application/cloudevents+json"), ($"[{One}]", "application/cloudevents-batch+json")])
            Assert.Equal(HttpStatusCode.OK, (await portal.SendAsync(address, body, type)).StatusCode);
        Assert.Equal(1, Assert.Single(await portal.SignalsAsync()).GetProperty("timesReceived").GetInt32());
        Assert.Equal(HttpStatusCode.OK, (await portal.SendAsync(address, """{"title": "Disk full"}""", ("ce-specversion", "1.0"), ("ce-id", "2"), ("ce-source", "/m"), ("ce-type", "com.example.alert.resolved"), ("ce-subject", "disk"))).StatusCode);
        Assert.Equal("resolved", Assert.Single(await portal.SignalsAsync()).GetProperty("state").GetString());

        Assert.Equal(HttpStatusCode.BadRequest, (await portal.SendAsync(address, """{"id": "3"}""", "application/cloudevents+json")).StatusCode);
        using var ask = new HttpRequestMessage(HttpMethod.Options, address);
        ask.Headers.Add("WebHook-Request-Origin", "eventgrid.example.com");
        Assert.Equal("eventgrid.example.com", (await portal.Sender.SendAsync(ask, Ct)).Headers.GetValues("WebHook-Allowed-Origin").Single());
    }

    [Fact]
    public async Task Grafana_Webhook_IsASignal()
    {
        await using var portal = await IntakePortal.StartAsync();

        using var taken = await portal.SendAsync($"/in/{await portal.KeyAsync("grafana")}/grafana", Webhook);

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal("grafana", Assert.Single(await portal.SignalsAsync()).GetProperty("origin").GetString());
    }

    [Fact]
    public async Task GitHub_DeploymentStatus_IsRecordedWhenItsSignatureFits()
    {
        await using var portal = await IntakePortal.StartAsync();
        var address = $"/in/{await portal.KeyAsync("gitHub", secret: "a secret of github")}/github";
        var body = $$$"""{"action": "created", "deployment_status": {"id": 2, "state": "success", "environment": "production", "created_at": "{{{DateTimeOffset.UtcNow:O}}}"}, "deployment": {"id": 1, "sha": "a84d88e7554fc1fa21bcbc4efae3c782a70d2b9d", "ref": "v7.42", "environment": "production"}, "repository": {"id": 9}}""";
        var signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("a secret of github"), Encoding.UTF8.GetBytes(body)));

        Assert.Equal(HttpStatusCode.Unauthorized, (await portal.SendAsync(address, body, ("X-GitHub-Event", "deployment_status"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await portal.SendAsync(address, body + " ", ("X-GitHub-Event", "deployment_status"), ("X-Hub-Signature-256", signature))).StatusCode);
        Assert.Contains("X-Hub-Signature-256", await portal.ProblemAsync(), StringComparison.Ordinal);
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.OK, (await portal.SendAsync(address, body, ("X-GitHub-Event", "deployment_status"), ("X-GitHub-Delivery", "72d3162e"), ("X-Hub-Signature-256", signature))).StatusCode);

        Assert.Equal("v7.42", await VersionAsync(portal));
    }

    [Fact]
    public async Task Key_NobodyHasOrOfAnotherKind_Is404WithoutAHint()
    {
        await using var portal = await IntakePortal.StartAsync();
        var key = await portal.KeyAsync("grafana");

        using var unknown = await portal.SendAsync($"/in/sig_{new string('a', 52)}/grafana", Webhook);
        using var other = await portal.SendAsync($"/in/{key}/alertmanager", Webhook);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (unknown.StatusCode, other.StatusCode));
        Assert.Equal(WithoutTrace(await unknown.Content.ReadAsStringAsync(Ct)), WithoutTrace(await other.Content.ReadAsStringAsync(Ct)));
        Assert.Contains("this source is for Grafana", await portal.ProblemAsync(), StringComparison.Ordinal);

        static string WithoutTrace(string problem) => problem.Split("\"traceId\"")[0];
    }

    [Fact]
    public async Task UnknownKeys_InNumbers_AreThrottledAndAKnownOneIsNot()
    {
        await using var portal = await IntakePortal.StartAsync();
        var key = await portal.KeyAsync("alertmanager");

        var last = HttpStatusCode.NotFound;
        for (var i = 0; i < 200 && last == HttpStatusCode.NotFound; i++)
            last = (await portal.SendAsync($"/in/guess-{i}/alertmanager", Webhook)).StatusCode;

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        Assert.Equal(HttpStatusCode.OK, (await portal.SendAsync($"/in/{key}/alertmanager", Webhook)).StatusCode);
    }

    [Theory]
    [InlineData("{", "no JSON")]
    [InlineData("deep", "no JSON")]
    [InlineData("{}", "\"alerts\"")]
    public async Task Body_ThatCannotBeTaken_Is400AndStandsOnTheSourcesPage(string body, string word)
    {
        await using var portal = await IntakePortal.StartAsync();
        var key = await portal.KeyAsync("alertmanager");

        using var answer = await portal.SendAsync($"/in/{key}/alertmanager", body == "deep" ? new string('[', 100_000) : body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadAsStringAsync(Ct);
        Assert.DoesNotContain(key[8..], problem, StringComparison.Ordinal);
        Assert.Contains(word, await portal.ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_ThatNoColumnHolds_IsTakenWithoutIt()
    {
        await using var portal = await IntakePortal.StartAsync();
        var key = await portal.KeyAsync("alertmanager");

        using var answer = await portal.SendAsync($"/in/{key}/alertmanager", """{"alerts": [{"labels": {"alertname": "a\u0000b", "\u0000": "\ud800"}, "annotations": {"summary": "half \ud83d of one"}}]}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("half ", Assert.Single(await portal.SignalsAsync()).GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DatabaseThatDoesNotWrite_Alerts_AreAskedForAgain()
    {
        await using var portal = await IntakePortal.StartAsync();
        var key = await portal.KeyAsync("alertmanager");
        (await portal.SendAsync($"/in/{key}/alertmanager", Webhook)).EnsureSuccessStatusCode();

        await portal.WriteAsync(on: false);
        using (var away = await portal.SendAsync($"/in/{key}/alertmanager", Webhook))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
            Assert.NotNull(away.Headers.RetryAfter);
            Assert.DoesNotContain(key, await away.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
        await portal.WriteAsync(on: true);

        await Eventually.HoldsAsync(async () => (await portal.SendAsync($"/in/{key}/alertmanager", Webhook)).IsSuccessStatusCode);
    }

    private static async Task<string?> VersionAsync(IntakePortal portal) =>
        (await portal.Administrator.GetFromJsonAsync<JsonElement>("/api/v1/deployments?service=checkout", Ct)).EnumerateArray().Single().GetProperty("version").GetString();
}
