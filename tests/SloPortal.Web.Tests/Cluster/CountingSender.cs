using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using SloPortal.Application.Tests.Measurement.Ingest;
using SloPortal.TestSupport;

namespace SloPortal.Web.Tests.Cluster;

/// <summary>A Prometheus that scrapes a few counters and sends each scrape until somebody says that it is stored.</summary>
internal sealed class CountingSender(string name, Uri address, int series = 20) : IDisposable
{
    // Of a portal that is away for a minute; the limit only ends a test that fails.
    private const int MostTries = 1200;

    private readonly HttpClient client = new() { BaseAddress = address, DefaultRequestHeaders = { Authorization = new("Bearer", PortalProcess.AdminToken) }, Timeout = TimeSpan.FromSeconds(20) };
    private readonly Random random = new(name.Length);
    private readonly double[] values = new double[series];
    private readonly long start = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 60_000 * 60_000) - 7_200_000;

    /// <summary>What the counters rose by since the first scrape.</summary>
    public double Expected { get; private set; }

    public int Scrapes { get; private set; }

    /// <summary>How often it had to send again.</summary>
    public int Again { get; private set; }

    public async Task SendAsync(CancellationToken ct)
    {
        var tries = 0;
        var request = new WriteRequestBuilder();
        for (var i = 0; i < values.Length; i++)
        {
            var rise = random.Next(9);
            values[i] += rise;
            Expected += Scrapes == 0 ? 0 : rise;
            request.Series([("__name__", "requests_total"), ("code", "200"), ("pod", string.Create(CultureInfo.InvariantCulture, $"{name}-{i}"))], (start + (Scrapes * 500L), values[i]));
        }
        Scrapes++;
        var body = request.Body();
        while (!await TrySendAsync(body, ct))
        {
            Again++;
            Assert.True(++tries < MostTries, "Nobody takes the samples any more.");
            await Task.Delay(50, ct);
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<bool> TrySendAsync(byte[] body, CancellationToken ct)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        try
        {
            using var answer = await client.PostAsync(new Uri("/api/v1/write", UriKind.Relative), content, ct);
            Assert.True(answer.IsSuccessStatusCode || answer.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
                $"{(int)answer.StatusCode}: the sender would drop its samples.");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }
}
