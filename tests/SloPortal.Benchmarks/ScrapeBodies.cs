using SloPortal.Application.Tests.Measurement.Ingest;

namespace SloPortal.Benchmarks;

/// <summary>
/// Remote-write bodies as a Prometheus sends them that scrapes a number of series every 15 seconds: requests of 2,000 samples, one
/// for each series, eight labels.
/// </summary>
internal static class ScrapeBodies
{
    public const int SamplesPerRequest = 2000;

    /// <summary>Milliseconds between two scrapes.</summary>
    public const long Interval = 15_000;

    /// <summary>As a sender with several shards makes them: each shard has its own series, in whose order it sends.</summary>
    public static List<byte[]>[] Shards(int shards, int series, int samples, long start) =>
        [.. Enumerable.Range(0, shards).Select(shard => Make(series / shards, samples / shards, start, shard * (series / shards)))];

    public static List<byte[]> Make(int series, int samples, long start, int first = 0)
    {
        var labels = Enumerable.Range(first, series).Select(LabelsOf).ToArray();
        var random = new Random(7 + first);
        var values = new double[series];
        var bodies = new List<byte[]>();
        for (var done = 0; done < samples; done += SamplesPerRequest)
        {
            var request = new WriteRequestBuilder();
            for (var i = done; i < done + SamplesPerRequest; i++)
            {
                var (scrape, one) = Math.DivRem(i, series);
                values[one] += random.Next(40);
                request.Series(labels[one], WriteRequestBuilder.Sample(start + (scrape * Interval) + (one % 200 * 50), values[one]));
            }

            bodies.Add(request.Body());
        }

        return bodies;
    }

    private static byte[] LabelsOf(int i) =>
    [
        .. WriteRequestBuilder.Label("__name__", "http_requests_total"),
        .. WriteRequestBuilder.Label("cluster", "production-eu-1"),
        .. WriteRequestBuilder.Label("code", (i % 10) switch { 0 => "500", 1 => "404", _ => "200" }),
        .. WriteRequestBuilder.Label("handler", $"/api/v1/resource/{i / 10 % 50}"),
        .. WriteRequestBuilder.Label("instance", $"10.0.{i / 2000}.{i / 500 % 4}:8080"),
        .. WriteRequestBuilder.Label("job", $"service-{i / 500 % 20}"),
        .. WriteRequestBuilder.Label("method", "GET"),
        .. WriteRequestBuilder.Label("pod", $"service-{i / 500 % 20}-5d8f7c9b6-{i:x6}"),
    ];
}
