using SloPortal.Application.Measurement;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Application.Tests.Measurement.Ingest;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Measurement.Windows;

/// <summary>The same samples in a portal, by remote write, and in Debian's Prometheus; and the windows over which both are asked.</summary>
public sealed class ScrapedTwice : IAsyncLifetime
{
    private string database = "";
    private IngestPortal? portal;
    private HistoryServer? prometheus;

    internal List<ScrapedSeries> Series { get; private set; } = [];

    internal HistoryServer Prometheus => prometheus!;

    /// <summary>The SLI of "a" alone, which is never started anew.</summary>
    public int Steady { get; private set; }

    /// <summary>The SLI of all pods.</summary>
    public int All { get; private set; }

    /// <summary>From one minute to three days, to three ends.</summary>
    public IReadOnlyList<Interval> Windows { get; private set; } = [];

    public static bool IsPossible => HistoryServer.IsInstalled("prometheus");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (!IsPossible)
            return;
        var end = MinuteClock.Floor(TimeProvider.System.GetUtcNow());
        int[] minutes = [1, 2, 5, 10, 30, 60, 120, 180, 360, 720, 1440, 2880, 4320];
        int[] ago = [0, 37, 313];
        Windows = [.. from a in ago from m in minutes select Interval.EndingAt(end.AddMinutes(-a), TimeSpan.FromMinutes(m))];
        Series = ScrapedSeries.Before(end);
        prometheus = await HistoryServer.StartAsync("prometheus", Series.SelectMany(s => s.Samples, (s, x) => new ServedSample($"http_requests_total{{{s.Labels}}}", x.At, x.Value)), Ct);

        database = await TestPostgres.CreateDatabaseAsync(Ct);
        portal = await IngestPortal.StartAsync(database);
        var source = await portal.AddSourceAsync("prometheus");
        Steady = await portal.AddSliAsync("steady", Failures("pod=\"a\""), source);
        All = await portal.AddSliAsync("all", Failures("job=\"shop\""), source);
        foreach (var hour in Series.SelectMany(s => s.Samples, (s, x) => (Series: s, Sample: x)).GroupBy(x => x.Sample.At.ToUnixTimeSeconds() / 3600).OrderBy(g => g.Key))
        {
            var request = new WriteRequestBuilder();
            foreach (var series in hour.GroupBy(x => x.Series))
                request.Series([("__name__", "http_requests_total"), ("code", series.Key.Code), ("job", "shop"), ("pod", series.Key.Pod)], [.. series.Select(x => (x.Sample.At.ToUnixTimeMilliseconds(), x.Sample.Value))]);
            Assert.Equal(IngestAnswer.Stored, await portal.WriteAsync(source, request));
        }
    }

    public Task<IReadOnlyList<EventCounts>> CountsAsync(int sli) => new SliCounts(portal!.Database).InAsync([.. Windows.Select(w => new CountsAsked(sli, w))], Ct);

    public async ValueTask DisposeAsync()
    {
        prometheus?.Dispose();
        if (portal is null)
            return;
        await portal.DisposeAsync();
        await TestPostgres.DropDatabaseAsync(database, CancellationToken.None);
    }

    private static CounterRatio Failures(string of) => new(null, SeriesSelector.Parse($"http_requests_total{{code=\"500\",{of}}}"), SeriesSelector.Parse($"http_requests_total{{{of}}}"));
}
