using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf;
using SloPortal.Application.Tests.Measurement.Ingest;
using SloPortal.Web.Tests.Common;
using static SloPortal.Application.Tests.Measurement.Ingest.Otlp.OtlpRequests;

namespace SloPortal.Web.Tests.Measurement;

public sealed class SourceBudgetTests : IAsyncLifetime
{
    private static readonly long Now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 600_000;

    private PortalHost portal = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => portal = await PortalHost.StartAsync();

    public async ValueTask DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Write_AboveTheRate_Is503WithTheTimeToWait_AndTheSourceSaysSo()
    {
        using var client = portal.WithToken();
        await WriteAsync(client, 1, 1);
        using (var set = await client.PutAsJsonAsync("/api/v1/sources/1/budget", new { maxSeries = 80, maxSamplesPerSecond = 1, above = "wait" }, Ct))
            Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        await WriteAsync(client, 2, 1);
        await WriteAsync(client, 3, 81);
        using var answer = await WriteAsync(client, 4, 5);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 10, 22);
        Assert.Contains("fewer samples a second", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        var source = await client.GetFromJsonAsync<JsonElement>("/api/v1/sources/1", Ct);
        var budget = source.GetProperty("budget");
        Assert.Equal((80, 5, 1), (source.GetProperty("series").GetInt32(), budget.GetProperty("putOff").GetInt32(), budget.GetProperty("refused").GetInt32()));
        Assert.True(budget.GetProperty("samplesPerSecond").GetDouble() > 0);
        Assert.Equal("above", source.GetProperty("row").GetProperty("budget").GetString());
        Assert.Equal("above", (await client.GetFromJsonAsync<JsonElement>("/api/v1/sources", Ct))[0].GetProperty("budget").GetString());
        Assert.Equal(1L, await portal.ScalarAsync("SELECT count(*) FROM audit_entries WHERE action = 'source.budget-set'"));
    }

    [Fact]
    public async Task Metrics_DeltasAboveTheRateOfASourceThatIsThinned_AreAskedToWait()
    {
        using var client = portal.WithToken();
        await ExportAsync(client, 1, 1);
        using (var set = await client.PutAsJsonAsync("/api/v1/sources/1/budget", new { maxSamplesPerSecond = 1, above = "thin" }, Ct))
            Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        await ExportAsync(client, 2, 1);
        await ExportAsync(client, 3, 70);
        using var answer = await ExportAsync(client, 100, 1);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task SetSourceBudget_WhatTheKindCannotHold_IsRefused()
    {
        using var client = portal.WithToken();
        (await client.PostAsJsonAsync("/api/v1/sources", new { name = "prometheus", url = "http://127.0.0.1:1", everySeconds = 3600 }, Ct)).EnsureSuccessStatusCode();
        async Task<HttpStatusCode> SetAsync(object budget)
        {
            using var answer = await client.PutAsJsonAsync("/api/v1/sources/1/budget", budget, Ct);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.BadRequest, await SetAsync(new { maxSamplesPerSecond = 5, above = "wait" }));
        Assert.Equal(HttpStatusCode.BadRequest, await SetAsync(new { maxSeries = 0 }));
        Assert.Equal(HttpStatusCode.BadRequest, await SetAsync(new { }));
        Assert.Equal(HttpStatusCode.NoContent, await SetAsync(new { maxSamplesPerSecond = 5, above = "thin" }));
        Assert.Equal(HttpStatusCode.NoContent, await SetAsync(new { }));
        Assert.Equal(0L, await portal.ScalarAsync("SELECT count(*) FROM source_budgets"));
    }

    private static async Task<HttpResponseMessage> WriteAsync(HttpClient client, int at, int series)
    {
        var request = new WriteRequestBuilder();
        for (var i = 0; i < series; i++)
            request.Series([("__name__", "requests_total"), ("pod", $"{i}")], (Now + (at * 1000), at));
        using var content = new ByteArrayContent(request.Body());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        return await client.PostAsync("/api/v1/write", content, Ct);
    }

    private static async Task<HttpResponseMessage> ExportAsync(HttpClient client, int at, int points)
    {
        using var content = new ByteArrayContent(Of(Deltas("requests", [.. Enumerable.Range(0, points).Select(i => Point(Now + ((at + i) * 1000), 1))])).ToByteArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        return await client.PostAsync("/v1/metrics", content, Ct);
    }
}
