using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using SloPortal.Domain.Measurement;
using SloPortal.TestSupport;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Measurement;

/// <summary>The OpenTelemetry SDK of .NET sends to the real program: what it recorded is what is counted.</summary>
public sealed class OpenTelemetrySdkTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MetricReaderTemporalityPreference.Cumulative)]
    [InlineData(MetricReaderTemporalityPreference.Delta)]
    public async Task Export_CounterAndHistogramsOfBothKinds_CountsAreWhatWasRecorded(MetricReaderTemporalityPreference temporality)
    {
        await using var host = await PortalHost.StartAsync();
        var jobs = await host.AddSliAsync(new CounterRatio(SeriesSelector.Parse("jobs_total{result=\"ok\",job=\"web/shop\"}"), null, SeriesSelector.Parse("jobs_total")), "jobs");
        var explicitly = await host.AddSliAsync(new HistogramThreshold(SeriesSelector.Parse("wait_seconds"), 0.3), "explicit");
        var exponentially = await host.AddSliAsync(new HistogramThreshold(SeriesSelector.Parse("latency_seconds"), 0.25), "exponential");
        using var portal = await PortalProcess.StartAsync(Path.Combine(AppContext.BaseDirectory, "sloportal.dll"), host.ConnectionString, Ct);
        using var meter = new Meter("shop");
        var (job, wait, latency) = (meter.CreateCounter<long>("jobs", "{job}"), meter.CreateHistogram<double>("wait", "s"), meter.CreateHistogram<double>("latency", "s"));
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter("shop")
            .ConfigureResource(r => r.AddService("shop", "web", serviceInstanceId: "one"))
            .AddView("wait", new ExplicitBucketHistogramConfiguration { Boundaries = [0.1, 0.3, 1] })
            .AddView("latency", new Base2ExponentialBucketHistogramConfiguration { MaxSize = 40 })
            .AddOtlpExporter((exporter, reader) =>
            {
                exporter.Endpoint = new Uri(portal.Address, "/v1/metrics");
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                exporter.Headers = $"Authorization=Bearer {PortalProcess.AdminToken}";
                reader.TemporalityPreference = temporality;
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = int.MaxValue;
            }).Build();

        var random = new Random(7);
        var (done, failed, short0, waits, fast, all) = (0, 0, 0, 0, 0, 0);
        for (var export = 0; export < 4; export++)
        {
            for (var i = 0; i < 500; i++)
            {
                // The first failures come late, so that their series begins after the others.
                var ok = export < 2 || random.Next(10) > 0;
                job.Add(1, new KeyValuePair<string, object?>("result", ok ? "ok" : "failed"));
                (done, failed) = (done + (ok ? 1 : 0), failed + (ok ? 0 : 1));
                var seconds = Math.Exp((random.NextDouble() * 12) - 8);
                wait.Record(seconds);
                latency.Record(seconds);
                (waits, short0) = (waits + 1, short0 + (seconds <= 0.3 ? 1 : 0));
                (all, fast) = (all + 1, fast + (seconds <= 0.25 ? 1 : 0));
            }
            Assert.True(provider.ForceFlush(10_000));
        }

        Assert.Equal((done, done + failed), await host.CountsOfAsync(jobs));
        Assert.Equal((short0, waits), await host.CountsOfAsync(explicitly));
        Assert.Equal((fast, all), await host.CountsOfAsync(exponentially));
        Assert.Equal(0L, await host.ScalarAsync("SELECT count(*) FROM source_counts WHERE outcome NOT IN ('Matched', 'Unmatched')"));
    }
}
