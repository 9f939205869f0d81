using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using SloPortal.Application.Tests.Measurement.Ingest.Protos.Otlp;
using SloPortal.Domain.Access;
using SloPortal.Web.Tests.Common;
using static SloPortal.Application.Tests.Measurement.Ingest.Otlp.OtlpRequests;

namespace SloPortal.Web.Tests.Measurement;

/// <summary>The protocol of OTLP/HTTP, as the specification says it.</summary>
public sealed class OtlpTests : IAsyncLifetime
{
    private static readonly long Now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    private PortalHost portal = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => portal = await PortalHost.StartAsync();

    public async ValueTask DisposeAsync() => await portal.DisposeAsync();

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Metrics_EveryEncoding_IsCountedWhenAnswered(bool json, bool gzip)
    {
        var sli = await portal.AddSliAsync();
        using var client = portal.WithToken();
        var request = Of(Deltas("requests", Point(Now, 90, 0, Text("code", "200")), Point(Now, 10, 0, Text("code", "500"))));
        using var first = await SendAsync(client, request, json, gzip);
        using var again = await SendAsync(client, request, json, gzip);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.Equal(json ? "application/json" : "application/x-protobuf", first.Content.Headers.ContentType?.MediaType);
        Assert.Equal(json ? "{}" : "", await first.Content.ReadAsStringAsync(Ct));
        Assert.Equal((90, 100), await portal.CountsOfAsync(sli));
        Assert.Equal(1L, await portal.ScalarAsync("SELECT count(*) FROM sources WHERE kind = 'Otlp' AND last_arrival_at IS NOT NULL"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Metrics_SomePointsAreRefused_IsAPartialSuccessThatSaysWhy(bool json)
    {
        using var client = portal.WithToken();
        using var answer = await SendAsync(client, Of(Deltas("requests", Point(Now, 1), Point(Now, 2), Point(Now + 86_400_000, 1))), json);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var told = json
            ? JsonParser.Default.Parse<ExportMetricsServiceResponse>(await answer.Content.ReadAsStringAsync(Ct))
            : ExportMetricsServiceResponse.Parser.ParseFrom(await answer.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal(2, told.PartialSuccess.RejectedDataPoints);
        Assert.Contains("in the future", told.PartialSuccess.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("another value at the same instant", told.PartialSuccess.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/x-protobuf", "", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "", HttpStatusCode.BadRequest)]
    [InlineData("application/x-protobuf", "gzip", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "zstd", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("text/plain", "", HttpStatusCode.UnsupportedMediaType)]
    public async Task Metrics_CannotBeRead_IsAStatusInTheSameEncoding(string type, string compression, HttpStatusCode expected)
    {
        using var client = portal.WithToken();
        using var answer = await SendAsync(client, "no metrics at all"u8.ToArray(), type, compression);

        Assert.Equal(expected, answer.StatusCode);
        Assert.NotEmpty(await StatusOfAsync(answer, type == "application/json"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Metrics_NotAllowed_IsAStatusInTheSameEncoding(bool json)
    {
        using var nobody = portal.Browser();
        using var browser = await portal.SignedInAsync();
        using var reader = portal.WithToken(await PortalHost.TokenOfAsync(browser, TokenScope.Read));
        using var unknown = await SendAsync(nobody, Of(), json);
        using var denied = await SendAsync(reader, Of(), json);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (unknown.StatusCode, denied.StatusCode));
        Assert.NotEmpty(await StatusOfAsync(unknown, json));
        Assert.Contains("scope", await StatusOfAsync(denied, json), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_MoreThan32MiBUnpacked_Is413()
    {
        using var client = portal.WithToken();
        using var answer = await SendAsync(client, Gzip(new byte[(32 << 20) + 1]), "application/x-protobuf", "gzip");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("export fewer points", await StatusOfAsync(answer, json: false), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_DatabaseGone_Is503WithRetryAfterAndAStatus()
    {
        using var client = portal.WithToken();
        using var first = await SendAsync(client, Of(), json: true);
        await portal.CloseDatabaseAsync(open: false);
        using var away = await SendAsync(client, Of(Deltas("requests", Point(Now, 1))), json: true);
        await portal.CloseDatabaseAsync(open: true);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        Assert.NotNull(away.Headers.RetryAfter);
        Assert.NotEmpty(await StatusOfAsync(away, json: true));
    }

    [Fact]
    public async Task Metrics_TooManyRequests_Is429WithRetryAfterAndAStatus()
    {
        await using var strict = await PortalHost.StartAsync(("RateLimits:IngestPerMinute", "1"));
        using var client = strict.WithToken();
        using var first = await SendAsync(client, Of(), json: false);
        using var second = await SendAsync(client, Of(), json: false);

        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.NotNull(second.Headers.RetryAfter);
        Assert.Contains("Too many requests", await StatusOfAsync(second, json: false), StringComparison.Ordinal);
    }

    private static async Task<string> StatusOfAsync(HttpResponseMessage answer, bool json)
    {
        Assert.Equal(json ? "application/json" : "application/x-protobuf", answer.Content.Headers.ContentType?.MediaType);
        return json
            ? JsonParser.Default.Parse<Status>(await answer.Content.ReadAsStringAsync(Ct)).Message
            : Status.Parser.ParseFrom(await answer.Content.ReadAsByteArrayAsync(Ct)).Message;
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, ExportMetricsServiceRequest request, bool json, bool gzip = false)
    {
        var body = json ? request.ToJson() : request.ToByteArray();
        return SendAsync(client, gzip ? Gzip(body) : body, json ? "application/json" : "application/x-protobuf", gzip ? "gzip" : "");
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, byte[] body, string type, string compression)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (compression.Length > 0)
            content.Headers.ContentEncoding.Add(compression);
        return await client.PostAsync("/v1/metrics", content, Ct);
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
