using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using SloPortal.Application.Tests.Measurement.Ingest;
using SloPortal.Application.Tests.Measurement.Ingest.Protos.RemoteWrite;
using SloPortal.Domain.Access;
using SloPortal.Web.Tests.Common;
using Snappier;

namespace SloPortal.Web.Tests.Measurement;

public sealed class RemoteWriteTests : IAsyncLifetime
{
    private static readonly long Minute = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 60_000 * 60_000;

    private PortalHost portal = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => portal = await PortalHost.StartAsync();

    public async ValueTask DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task Write_SamplesThatAnSliReads_AreInTheMinutesWhenAnswered()
    {
        var sli = await portal.AddSliAsync();
        using var client = portal.WithToken();
        using var first = await SendAsync(client, Requests(("200", Minute - 30_000, 100), ("500", Minute - 30_000, 10)));
        using var second = await SendAsync(client, Requests(("200", Minute, 190), ("500", Minute, 20)));

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, second.StatusCode);
        Assert.Equal((90, 100), await portal.CountsOfAsync(sli));
    }

    [Fact]
    public async Task Write_SameBodyTwice_CountsOnce()
    {
        var sli = await portal.AddSliAsync();
        using var client = portal.WithToken();
        var body = Requests(("200", Minute - 30_000, 100), ("200", Minute, 190));

        for (var i = 0; i < 3; i++)
        {
            using var answer = await SendAsync(client, body);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        Assert.Equal((90, 90), await portal.CountsOfAsync(sli));
        Assert.Equal(4L, await portal.ScalarAsync("SELECT samples FROM source_counts WHERE outcome = 'Duplicate'"));
    }

    [Fact]
    public async Task Write_FirstRequest_MakesASourceNamedAsTheToken()
    {
        using var client = portal.WithToken();
        using var answer = await SendAsync(client, Requests(("200", Minute, 1)));

        Assert.Equal(1L, await portal.ScalarAsync("SELECT count(*) FROM sources s JOIN api_tokens t ON t.id = s.token_id AND t.name = s.name AND s.last_arrival_at IS NOT NULL"));
    }

    [Theory]
    [InlineData("application/json", "snappy")]
    [InlineData("application/x-protobuf", "gzip")]
    [InlineData("application/x-protobuf;proto=io.prometheus.write.v3.Request", "snappy")]
    public async Task Write_AnotherProtocol_Is415WithASentence(string type, string encoding)
    {
        using var client = portal.WithToken();
        using var answer = await SendAsync(client, Requests(("200", Minute, 1)), type, encoding);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("remote write", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_Version2_CountsAndSaysHowMuchWasWritten()
    {
        const string Type = "application/x-protobuf;proto=io.prometheus.write.v2.Request";
        var sli = await portal.AddSliAsync();
        using var client = portal.WithToken();
        var request = new Request
        {
            Symbols = { "", "__name__", "requests_total", "code", "200", "500" },
            Timeseries =
            {
                new TimeSeriesV2 { LabelsRefs = { 1, 2, 3, 4 }, CreatedTimestamp = Minute - 60_000, Samples = { new Sample { Timestamp = Minute, Value = 90 } } },
                new TimeSeriesV2 { LabelsRefs = { 1, 2, 3, 5 }, CreatedTimestamp = Minute - 60_000, Samples = { new Sample { Timestamp = Minute, Value = 10 } } },
            },
        };
        using var whole = await SendAsync(client, Snappy.CompressToArray(request.ToByteArray()), Type);
        request.Timeseries.Add(new TimeSeriesV2 { LabelsRefs = { 1, 2, 3, 5 }, Histograms = { new Histogram { CountInt = 7 } } });
        using var partly = await SendAsync(client, Snappy.CompressToArray(request.ToByteArray()), Type);
        using var damaged = await SendAsync(client, Snappy.CompressToArray([0x2A, 0x05]), Type);

        Assert.Equal((HttpStatusCode.NoContent, "2", "0"), (whole.StatusCode, Written(whole, "Samples"), Written(whole, "Histograms")));
        Assert.Equal((HttpStatusCode.BadRequest, "2", "0"), (partly.StatusCode, Written(partly, "Samples"), Written(partly, "Exemplars")));
        Assert.Contains("Native histograms are not read", await partly.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, "0"), (damaged.StatusCode, Written(damaged, "Samples")));
        Assert.Equal((90, 100), await portal.CountsOfAsync(sli));

        static string Written(HttpResponseMessage answer, string what) => Assert.Single(answer.Headers.GetValues($"X-Prometheus-Remote-Write-{what}-Written"));
    }

    [Fact]
    public async Task Write_RandomBytes_IsRefusedOnOneLineAndStoresNothing()
    {
        using var client = portal.WithToken();
        var random = new Random(3);
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(8, 2000)];
            random.NextBytes(bytes);
            using var answer = await SendAsync(client, bytes);
            // One in a few hundred begins with a zero and so is an empty request.
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.NoContent, $"{answer.StatusCode} for body {i}");
            Assert.Single((await answer.Content.ReadAsStringAsync(Ct)).TrimEnd().Split('\n'));
        }
        Assert.Equal(0L, await portal.ScalarAsync("SELECT count(*) FROM ingest_log"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_MoreThan32MiB_Is413(bool lengthIsDeclared)
    {
        using var client = portal.WithToken();
        using var content = new StreamContent(new MemoryStream(new byte[(32 << 20) + 1]));
        if (!lengthIsDeclared)
            client.DefaultRequestHeaders.TransferEncodingChunked = true;
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        using var answer = await client.PostAsync("/api/v1/write", content, Ct);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Write_DeclaresMoreThan32MiBUncompressed_Is413()
    {
        using var client = portal.WithToken();
        using var answer = await SendAsync(client, [.. WriteRequestBuilder.Varint((32 << 20) + 1), 0, 0, 0]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Write_WithoutToken_Is401_AndWithoutScope_Is403()
    {
        using var nobody = portal.Browser();
        using var browser = await portal.SignedInAsync();
        using var reader = portal.WithToken(await PortalHost.TokenOfAsync(browser, TokenScope.Read));
        using var unknown = await SendAsync(nobody, Requests(("200", Minute, 1)));
        using var denied = await SendAsync(reader, Requests(("200", Minute, 1)));

        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        Assert.Contains("scope", await denied.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_DatabaseGone_Is503WithRetryAfter_AndRecovers()
    {
        var sli = await portal.AddSliAsync();
        using var client = portal.WithToken();
        using var first = await SendAsync(client, Requests(("200", Minute - 30_000, 100)));
        await portal.CloseDatabaseAsync(open: false);
        using var away = await SendAsync(client, Requests(("200", Minute, 150)));
        await portal.CloseDatabaseAsync(open: true);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        Assert.NotNull(away.Headers.RetryAfter);
        await Eventually.HoldsAsync(async () =>
        {
            using var again = await SendAsync(client, Requests(("200", Minute, 150)));
            return again.StatusCode == HttpStatusCode.NoContent;
        });
        Assert.Equal((50, 50), await portal.CountsOfAsync(sli));
    }

    private static byte[] Requests(params (string Code, long Time, double Value)[] samples)
    {
        var request = new WriteRequestBuilder();
        foreach (var (code, time, value) in samples)
            request.Series([("__name__", "requests_total"), ("code", code)], (time, value));
        return request.Body();
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, byte[] body, string type = "application/x-protobuf", string encoding = "snappy")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        content.Headers.ContentEncoding.Add(encoding);
        return client.PostAsync("/api/v1/write", content, Ct);
    }
}
