using System.Net;
using System.Text.Json;
using SloPortal.Web.Common;

namespace SloPortal.Web.Tests.Common;

/// <summary>What a portal offers to those who run it, and to programs.</summary>
public sealed class OperationsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_RunningPortal_IsAliveAndReady()
    {
        await using var host = await PortalHost.StartAsync();
        using var client = host.Browser();

        await Eventually.HoldsAsync(async () => (await client.GetAsync("/health/ready", Ct)).StatusCode == HttpStatusCode.OK);
        using var live = JsonDocument.Parse(await client.GetStringAsync("/health/live", Ct));
        using var ready = JsonDocument.Parse(await client.GetStringAsync("/health/ready", Ct));

        Assert.Equal("alive", live.RootElement.GetProperty("status").GetString());
        Assert.Equal(["database", "migrations", "ingest"], ready.RootElement.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task PagerHealth_DutiesRun_IsAliveForWhoeverAsks()
    {
        await using var host = await PortalHost.StartAsync();
        using var client = host.Browser();

        await Eventually.HoldsAsync(async () => (await client.GetAsync("/health/pager", Ct)).StatusCode == HttpStatusCode.OK);

        using var answer = JsonDocument.Parse(await client.GetStringAsync("/health/pager", Ct));
        Assert.Equal("alive", answer.RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Metrics_WithoutSetting_AreOpenAndInPrometheusText()
    {
        await using var host = await PortalHost.StartAsync();
        using var client = host.Browser();
        await client.GetAsync("/health/live", Ct);

        using var answer = await client.GetAsync(PortalMetrics.Path, Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("http_server_request_duration_seconds_bucket", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_WithToken_AskForIt()
    {
        await using var host = await PortalHost.StartAsync(("Metrics:Token", "a secret of the scraper"));
        using var client = host.Browser();

        using var without = await client.GetAsync(PortalMetrics.Path, Ct);
        client.DefaultRequestHeaders.Authorization = new("Bearer", "a secret of the scraper");
        using var with = await client.GetAsync(PortalMetrics.Path, Ct);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (without.StatusCode, with.StatusCode));
    }

    [Fact]
    public async Task ApiDocument_EveryOperation_IsDescribed()
    {
        await using var host = await PortalHost.StartAsync();
        using var client = host.Browser();

        using var document = JsonDocument.Parse(await client.GetStringAsync(ApiDocument.Address, Ct));

        Assert.Equal("bearer", document.RootElement.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").GetProperty("scheme").GetString());
        var ids = new List<string>();
        foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var name = $"{operation.Name} {path.Name}";
                Assert.True(operation.Value.TryGetProperty("summary", out var summary) && summary.GetString() is { Length: > 0 }, $"{name} has no summary");
                Assert.True(operation.Value.TryGetProperty("tags", out var tags) && tags.GetArrayLength() == 1 && tags[0].GetString() != "sloportal", $"{name} has no tag");
                Assert.True(operation.Value.TryGetProperty("operationId", out var id), $"{name} has no id");
                ids.Add(id.GetString()!);
                if (path.Name.StartsWith("/api", StringComparison.Ordinal))
                    Assert.True(operation.Value.GetProperty("responses").TryGetProperty("401", out _), $"{name} does not say what it refuses");
            }
        }
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    /// <summary>Whoever changes an address changes this list too, and thinks of those who call it.</summary>
    [Fact]
    public async Task ApiDocument_Paths_AreTheAgreedOnes()
    {
        await using var host = await PortalHost.StartAsync();
        using var client = host.Browser();
        using var document = JsonDocument.Parse(await client.GetStringAsync(ApiDocument.Address, Ct));

        var paths = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(o => $"{o.Name.ToUpperInvariant()} {p.Name}")).Order(StringComparer.Ordinal);

        Assert.Equal(await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "Common/api-paths.txt"), Ct), paths);
    }

    [Fact]
    public async Task ApiDocs_Page_LoadsNothingFromElsewhereAndCarriesItsNonce()
    {
        await using var host = await PortalHost.StartAsync();
        using var client = host.Browser();

        using var answer = await client.GetAsync(Routes.ApiDocs + "/", Ct);
        var page = await answer.Content.ReadAsStringAsync(Ct);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        var nonce = policy.Split("'nonce-")[1].Split('\'')[0];
        Assert.Contains($"nonce=\"{nonce}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
    }
}
