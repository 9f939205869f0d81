using Google.Protobuf;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.Otlp;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Application.Measurement.Preview;
using SloPortal.Application.Tests.Measurement.Ingest.Protos.Otlp;
using SloPortal.Domain.Measurement;
using static SloPortal.Application.Tests.Measurement.Ingest.Otlp.OtlpRequests;
using Temporality = SloPortal.Application.Tests.Measurement.Ingest.Protos.Otlp.AggregationTemporality;

namespace SloPortal.Application.Tests.Measurement.Ingest.Otlp;

/// <summary>What points count, in which minutes, whatever is sent again or late and whoever reads the log.</summary>
public class OtlpFoldTests
{
    private const long Minute = UnixMinute.Milliseconds;
    private static readonly SampleRules Rules = new(Minute, 1_000_000 * Minute);
    private static readonly CounterRatio Jobs = new(SeriesSelector.Parse("jobs_total"), null, SeriesSelector.Parse("jobs_total"));
    private static readonly HistogramThreshold Fast = new(SeriesSelector.Parse("latency_seconds"), 0.5);

    private readonly SeriesTable table = new(new SeriesLimits(), new LabelLimits());
    private readonly SeriesTable replica = new(new SeriesLimits(), new LabelLimits());
    private readonly MinuteAccumulator counted = new();
    private readonly List<byte[]> log = [];

    public OtlpFoldTests() => table.UseSlis(new SliSet([new ReadSli(1, null, Jobs), new ReadSli(2, null, Fast)]));

    [Fact]
    public void Fold_Deltas_CountFromTheFirstOnInTheirMinutes()
    {
        Send(Of(Deltas("jobs", Point(2 * Minute, 5, Minute))));
        Send(Of(Deltas("jobs", Point(3 * Minute, 0, 2 * Minute), Point(4 * Minute, 7, 3 * Minute))));

        Counts(1, (2, 5, 5), (3, 0, 0), (4, 7, 7));
    }

    [Fact]
    public void Fold_DeltasAgainAndLate_CountOnce()
    {
        var first = Of(Deltas("jobs", Point(2 * Minute, 5)));
        var second = Of(Deltas("jobs", Point(3 * Minute, 6)));
        var third = Of(Deltas("jobs", Point(4 * Minute, 7)));
        Send(first);
        Send(third);
        Send(second);
        Assert.Equal(0, Send(second).RejectedPoints);
        Send(first);

        Counts(1, (2, 5, 5), (3, 6, 6), (4, 7, 7));
    }

    [Fact]
    public void Fold_DeltaOlderThanFourOthers_IsToldToTheSender()
    {
        Send(Of(Deltas("jobs", [.. Enumerable.Range(2, 4).Select(m => Point(m * Minute, 1))])));
        var write = Send(Of(Deltas("jobs", Point(Minute, 9), Point(6 * Minute, 1))));

        Assert.Equal(1, write.RejectedPoints);
        Assert.Equal([(SampleRefusal.TooLate, 1)], write.Tally.Refusals());
        Counts(1, (2, 1, 1), (3, 1, 1), (4, 1, 1), (5, 1, 1), (6, 1, 1));
    }

    [Fact]
    public void Fold_CumulativeWithARecentStart_CountsFromTheFirstPointOn()
    {
        Send(Of(Counter("jobs", Point(3 * Minute, 40, Minute))));
        Send(Of(Counter("jobs", Point(4 * Minute, 45, Minute))));

        Counts(1, (3, 40, 40), (4, 5, 5));
    }

    [Fact]
    public void Fold_CumulativeThatStartedLongAgo_CountsFromTheSecondPointOn()
    {
        Send(Of(Counter("jobs", Point(20 * Minute, 4000, Minute))));
        Send(Of(Counter("jobs", Point(21 * Minute, 4005, Minute))));

        Counts(1, (21, 5, 5));
    }

    [Fact]
    public void Fold_NewStart_IsARestartAlsoWhereTheValueIsNotSmaller()
    {
        Send(Of(Counter("jobs", Point(20 * Minute, 10, Minute))));
        Send(Of(Counter("jobs", Point(22 * Minute, 30, 21 * Minute))));
        Send(Of(Counter("jobs", Point(23 * Minute, 31, 21 * Minute))));

        // The zero itself is data of the minute in which the process started.
        Counts(1, (21, 0, 0), (22, 30, 30), (23, 1, 1));
    }

    [Fact]
    public void Fold_CumulativeWithoutStart_CountsAsRemoteWriteDoes()
    {
        Send(Of(Counter("jobs", Point(2 * Minute, 10), Point(3 * Minute, 12), Point(4 * Minute, 1))));

        Counts(1, (3, 2, 2), (4, 1, 1));
    }

    [Fact]
    public void Fold_HistogramsOfBothKinds_CountTheThresholdAlike()
    {
        Send(Of(Histogram("latency", Temporality.Delta, Buckets(2 * Minute, 1, [3, 4], [0.5]))));
        Send(From([("service.name", "b")], Exponential("latency", Temporality.Delta, Scaled(3 * Minute, 3, -8, [7, 0, 0, 0, 0, 0, 0, 0, 1]))));

        // Scale 3, index −8 lies above 0.5: none of these is fast, since 0.5 itself would be in index −9.
        Counts(2, (2, 3, 7), (3, 0, 8));
    }

    [Fact]
    public void Fold_SeveralSeriesOfOnePointRefused_IsOneRejectedPoint()
    {
        var write = Send(Of(Histogram("latency", Temporality.Delta, Buckets(2_000_000 * Minute, 1, [3, 4], [0.5]))));

        Assert.Equal(1, write.RejectedPoints);
        Assert.Equal([(SampleRefusal.InFuture, 4)], write.Tally.Refusals());
    }

    private DecodedWrite Send(ExportMetricsServiceRequest request)
    {
        Assert.True(OtlpDecoder.TryDecode(request.ToByteArray(), OtlpEncoding.Protobuf, gzip: false, 1, new WriteLimits(), out var write, out var problem), problem?.Sentence);
        var group = new IngestGroup();
        table.Fold(write, Rules, group);
        write.Dispose();
        foreach (var (sli, minute, good, total) in group.Minutes.InOrder())
        {
            counted.Add(sli, minute, good, total);
        }

        foreach (var series in group.NewSeries)
        {
            replica.Register(series.SeriesId, series.SourceId, series.Labels);
        }

        if (!group.Log.IsEmpty)
        {
            log.Add(group.Log.Row().ToArray());
            replica.Replay(log[^1]);
        }

        return write;
    }

    /// <summary>What was counted; also what an SLI made later reads from the log, and that another portal holds the same histories.</summary>
    private void Counts(int sli, params (int Minute, double Good, double Total)[] expected)
    {
        MinuteDelta[] deltas = [.. expected.Select(e => new MinuteDelta(sli, e.Minute, e.Good, e.Total))];
        Assert.Equal(deltas, counted.InOrder().Where(d => d.SliId == sli));

        var fold = new HistoryFold(sli, sli == 1 ? Jobs : Fast);
        for (var id = 0; id < table.NextSeriesId; id++)
        {
            fold.Add(id, table.SeriesOf(1).ElementAt(id));
        }

        log.ForEach(row => fold.Replay(row));
        Assert.Equal(deltas, fold.Minutes.InOrder());
        Assert.All(Enumerable.Range(0, table.NextSeriesId), id => Assert.Equal(table.HistoryOf(id), replica.HistoryOf(id)));

        var restored = new SeriesTable(new SeriesLimits(), new LabelLimits());
        for (var id = 0; id < table.NextSeriesId; id++)
        {
            restored.Register(id, 1, table.SeriesOf(1).ElementAt(id));
        }

        Assert.All(table.Checkpoint(), chunk => restored.Restore(chunk));
        Assert.All(Enumerable.Range(0, table.NextSeriesId), id => Assert.Equal(table.HistoryOf(id), restored.HistoryOf(id)));
    }
}
