using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf;
using SloPortal.Web.Tests.Common;
using static SloPortal.Application.Tests.Measurement.Ingest.Otlp.OtlpRequests;

namespace SloPortal.Web.Tests.Measurement;

/// <summary>Segments over HTTP and on the page, of what OpenTelemetry sent.</summary>
public sealed class SegmentTests : IAsyncLifetime
{
    private static readonly long Ago = DateTimeOffset.UtcNow.AddMinutes(-10).ToUnixTimeMilliseconds();

    private PortalHost portal = null!;
    private HttpClient client = null!;
    private int sli;
    private int sent;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        portal = await PortalHost.StartAsync();
        client = portal.WithToken();
        sli = await portal.AddSliAsync();
    }

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task Segments_BeyondTheCap_AreRankedByWhatTheyTookAndAddUpToTheSli()
    {
        await SendAsync(("eu", 940, 60), ("us", 8_980, 20), ("ap", 500, 0), ("", 5, 15), ("af", 95, 5));
        (await client.PutAsJsonAsync($"/api/v1/slis/{sli}/split", new { labels = new[] { "region" }, cap = 3 }, Ct)).EnsureSuccessStatusCode();
        await SendAsync(("sa", 99, 1), ("eu", 10, 0));

        var told = await GetAsync($"/api/v1/slis/{sli}/segments?window=1h");
        var rows = told.GetProperty("segments").EnumerateArray().ToList();
        Assert.Equal(["eu", null, "us", "ap"], rows.Select(r => r.GetProperty("values").EnumerateArray().Select(v => v.GetString()).FirstOrDefault()));
        Assert.Equal(60 / 101.0, rows[0].GetProperty("shareOfBad").GetDouble(), 1e-9);
        var other = Assert.Single(rows, r => r.GetProperty("isOther").GetBoolean());
        Assert.Equal(4, rows.Count);
        Assert.Equal(3, told.GetProperty("otherValues").GetInt32());
        Assert.Equal((10_629, 10_730), (told.GetProperty("sli").GetProperty("good").GetDouble(), told.GetProperty("sli").GetProperty("total").GetDouble()));
        Assert.Equal((10_629, 10_730), (rows.Sum(r => r.GetProperty("counts").GetProperty("good").GetDouble()), rows.Sum(r => r.GetProperty("counts").GetProperty("total").GetDouble())));

        var counts = await GetAsync($"/api/v1/slis/{sli}/segments/{other.GetProperty("id").GetInt32()}/counts?stepMinutes=1");
        Assert.Equal(other.GetProperty("counts").GetProperty("total").GetDouble(), counts.EnumerateArray().Sum(c => c.GetProperty("total").GetDouble()));
    }

    [Fact]
    public async Task Split_LabelsOfTheSeries_AreToldWithTheirValues()
    {
        await SendAsync(("eu", 9, 1), ("us", 9, 1), ("", 9, 1));

        var labels = (await GetAsync($"/api/v1/slis/{sli}/split")).GetProperty("labels").EnumerateArray().ToDictionary(l => l.GetProperty("name").GetString()!);
        Assert.Equal((3, 2), (labels["region"].GetProperty("values").GetInt32(), labels["region"].GetProperty("lacking").GetInt32()));
        Assert.True(labels["code"].GetProperty("decidesGood").GetBoolean());
        Assert.False(labels.ContainsKey("__temporality__"));
    }

    [Fact]
    public async Task Split_ThatCannotBe_IsRefusedWithTheReason()
    {
        var pushed = await portal.AddSliAsync(new Domain.Measurement.PushedRatio(), "pushed");

        Assert.Contains("no labels", await RefusedAsync(pushed, HttpStatusCode.BadRequest, new { labels = new[] { "region" } }), StringComparison.Ordinal);
        Assert.Contains("bound of a bucket", await RefusedAsync(sli, HttpStatusCode.BadRequest, new { labels = new[] { "le" } }), StringComparison.Ordinal);
        Assert.Contains("one label, or two", await RefusedAsync(sli, HttpStatusCode.BadRequest, new { labels = new[] { "a", "b", "c" } }), StringComparison.Ordinal);
        Assert.Contains("2 to 200", await RefusedAsync(sli, HttpStatusCode.BadRequest, new { labels = new[] { "a" }, cap = 201 }), StringComparison.Ordinal);
        Assert.Contains("two labels that differ", await RefusedAsync(sli, HttpStatusCode.BadRequest, new { labels = new[] { "a", "a" } }), StringComparison.Ordinal);
        (await client.PutAsJsonAsync($"/api/v1/slis/{sli}/split", new { labels = new[] { "region" } }, Ct)).EnsureSuccessStatusCode();
        Assert.Contains("already", await RefusedAsync(sli, HttpStatusCode.Conflict, new { labels = new[] { "region" } }), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync($"/api/v1/slis/{sli}/segments?window=2h", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/v1/slis/{pushed}/segments/1000000000", Ct)).StatusCode);
        Assert.Equal(1L, await portal.ScalarAsync("SELECT count(*) FROM audit_entries WHERE action = 'sli.split'"));
    }

    [Fact]
    public async Task Page_SliWithAndWithoutASplit_ShowsTheSegmentsOrProposesLabels()
    {
        await SendAsync(("eu", 940, 60), ("us", 990, 10));
        var browser = await portal.SignedInAsync();

        var before = await browser.GetStringAsync($"/slis/{sli}", Ct);
        (await client.PutAsJsonAsync($"/api/v1/slis/{sli}/split", new { labels = new[] { "region" } }, Ct)).EnsureSuccessStatusCode();
        var after = await browser.GetStringAsync($"/slis/{sli}?segments=1h", Ct);
        var found = await browser.GetStringAsync($"/slis/{sli}?segments=1h&find=us", Ct);
        var segment = await browser.GetStringAsync($"/slis/{sli}/segments/1000000000", Ct);

        Assert.Contains("All events count together so far", before, StringComparison.Ordinal);
        Assert.Contains("Split by region", before, StringComparison.Ordinal);
        Assert.Contains("eu took 85.8 % of what failed, with 50 % of the events.", after, StringComparison.Ordinal);
        Assert.Contains($"/slis/{sli}/segments/1000000000\"", after, StringComparison.Ordinal);
        Assert.Contains("No objective is measured here", after, StringComparison.Ordinal);
        Assert.Contains($"/slis/{sli}/segments/1000000001\"", found, StringComparison.Ordinal);
        Assert.DoesNotContain($"/slis/{sli}/segments/1000000000\"", found, StringComparison.Ordinal);
        Assert.Contains("with region", segment, StringComparison.Ordinal);
    }

    private async Task<string> RefusedAsync(int id, HttpStatusCode expected, object body)
    {
        using var answer = await client.PutAsJsonAsync($"/api/v1/slis/{id}/split", body, Ct);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Ct);
    }

    private async Task<JsonElement> GetAsync(string address) => (await client.GetFromJsonAsync<JsonElement>(address, Ct)).Clone();

    /// <summary>A delta of each region, in a minute of its own.</summary>
    private async Task SendAsync(params (string Region, int Good, int Bad)[] regions)
    {
        var at = Ago + (sent++ * 60_000);
        using var body = new ByteArrayContent(Of(Deltas("requests",
            [.. regions.SelectMany(r => new[] { Point(at, r.Good, 0, [Text("code", "200"), .. Region(r.Region)]), Point(at, r.Bad, 0, [Text("code", "500"), .. Region(r.Region)]) })])).ToByteArray());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        using var answer = await client.PostAsync("/v1/metrics", body, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        static Application.Tests.Measurement.Ingest.Protos.Otlp.KeyValue[] Region(string region) => region.Length == 0 ? [] : [Text("region", region)];
    }
}
