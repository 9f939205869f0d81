using Npgsql;
using SloPortal.Application.Measurement.Cost;
using SloPortal.Application.Measurement.Ingest.Log;
using SloPortal.Application.Tests.Measurement.Slis;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Tests.Measurement.Cost;

public sealed class ListUnusedSeriesTests : IAsyncLifetime
{
    private MeasuringPortal _portal = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _portal = await MeasuringPortal.OpenAsync(Ct);

    public async ValueTask DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task ListUnusedSeries_HundredThousandSeries_SaysWhatNobodyReadsAndWhatItCosts()
    {
        // 1,000 metrics of 100 series. One SLI reads metric_0 with code 200, which is half of it, another metric_1 whole, a third an archived one.
        await FillAsync(100_000);
        await AddSliAsync(new CounterRatio(SeriesSelector.Parse("metric_0{code=\"200\"}"), null, SeriesSelector.Parse("metric_0{code=\"200\"}")));
        await AddSliAsync(new CounterRatio(null, SeriesSelector.Parse("metric_1{code=\"500\"}"), SeriesSelector.Parse("metric_1")));
        await AddSliAsync(new CounterRatio(null, SeriesSelector.Parse("metric_2{code=\"500\"}"), SeriesSelector.Parse("metric_2")), archived: true);

        var unread = await ListAsync(new ListUnusedSeries(_portal.SourceId));
        Assert.Equal((998, 1, 1), (unread.Counts[SeriesReading.Unread], unread.Counts[SeriesReading.Partly], unread.Counts[SeriesReading.Read]));
        Assert.Equal((100_000, 100_000 - 150), (unread.Series, unread.UnreadSeries));
        // A sample of each series, and nine more of those of metric_7.
        Assert.Equal(("metric_7", 100, 0), (unread.Page.Items[0].Metric, unread.Page.Items[0].Series, unread.Page.Items[0].ReadSeries));
        Assert.Equal(1000.0 / 300, unread.Page.Items[0].SamplesPerSecond, 6);
        Assert.Equal(1000.0 / 100_900, unread.Page.Items[0].Share, 6);
        Assert.Equal(100_700.0 / 100_900, unread.UnreadShare, 6);

        var partly = await ListAsync(new ListUnusedSeries(null, "METRIC_0", SeriesReading.Partly));
        Assert.Equal(("metric_0", 50), (Assert.Single(partly.Page.Items).Metric, partly.Page.Items[0].ReadSeries));
        var last = await ListAsync(new ListUnusedSeries(Order: SeriesOrder.Name, Page: 20));
        Assert.Equal((48, "metric_999"), (last.Page.Items.Count, last.Page.Items[^1].Metric));

        var filter = Assert.Single((await ListAsync(new ListUnusedSeries(Filter: "metric_1"))).Filters);
        Assert.Equal((SourceKind.RemoteWrite, 110), (filter.Kind, filter.Metrics));
        Assert.DoesNotContain("'metric_1|", filter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("|metric_1|", filter.Text, StringComparison.Ordinal);
        Assert.Contains("|metric_11|", filter.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListUnusedSeries_SelectorWithoutAName_LooksAtEveryLabel()
    {
        await FillAsync(2000);
        await AddSliAsync(new CounterRatio(null, SeriesSelector.Parse("{code=\"500\"}"), SeriesSelector.Parse("{code=~\"200|500\",pod=\"pod-3\"}")));

        var list = await ListAsync(new ListUnusedSeries());
        Assert.Equal(2000 - 1000 - 5, list.UnreadSeries);
    }

    [Fact]
    public void Collector_NamesOfPrometheus_MatchTheirInstruments()
    {
        var text = SenderFilter.Collector(["http_client_duration_seconds_bucket", "http_client_duration_seconds_count", "jobs_total"]).Text;
        Assert.Equal(2, text.Split("IsMatch").Length - 1);
        Assert.Contains("- 'IsMatch(name, \"^http[._/-]client[._/-]duration([._/-]seconds)?$\")'", text, StringComparison.Ordinal);
        Assert.Contains("- 'IsMatch(name, \"^jobs$\")'", text, StringComparison.Ordinal);
    }

    private async Task<UnusedSeries> ListAsync(ListUnusedSeries request) => (await _portal.Get<ListUnusedSeries.Handler>().HandleAsync(request, _portal.Owner, Ct)).Require();

    private async Task FillAsync(int series)
    {
        await using (var fill = _portal.Database.CreateCommand(
            """
            INSERT INTO series (id, source_id, identity, metric, labels, first_seen, seq)
            SELECT i, $1, decode(md5(i::text), 'hex'), 'metric_' || i % 1000,
                jsonb_build_object('__name__', 'metric_' || i % 1000, 'pod', 'pod-' || i % 200, 'code', CASE WHEN i / 1000 % 2 = 0 THEN '200' ELSE '500' END), now(), 1
            FROM generate_series(0, $2 - 1) i
            """))
        {
            fill.Parameters.Add(new NpgsqlParameter { Value = _portal.SourceId });
            fill.Parameters.Add(new NpgsqlParameter { Value = series });
            await fill.ExecuteNonQueryAsync(Ct);
        }
        var log = new IngestLogWriter();
        for (var i = 0; i < series; i++)
        {
            for (var repeat = 0; repeat < (i % 1000 == 7 ? 10 : 1); repeat++)
                log.Add(i, 1_000_000 + repeat, 1);
        }
        await using var write = _portal.Database.CreateCommand("INSERT INTO ingest_log (seq, recorded_at, samples, payload) VALUES (1, $1, $2, $3), (0, $1 - interval '10 minutes', $2, $3)");
        write.Parameters.Add(new NpgsqlParameter { Value = MeasuringPortal.Now.AddMinutes(-4).AddSeconds(-30) });
        write.Parameters.Add(new NpgsqlParameter { Value = log.SampleCount });
        write.Parameters.Add(new NpgsqlParameter { Value = log.Row() });
        await write.ExecuteNonQueryAsync(Ct);
    }

    private async Task AddSliAsync(SliDefinition definition, bool archived = false)
    {
        await using var db = await _portal.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<SloPortal.Data.PortalDbContext>>().CreateDbContextAsync(Ct);
        var sli = new Sli(db.Services.Single().Id, $"sli-{db.Slis.Count()}", "SLI", "", definition, null, MeasuringPortal.Now);
        if (archived)
            sli.Archive(MeasuringPortal.Now);
        db.Add(sli);
        await db.SaveChangesAsync(Ct);
    }
}
