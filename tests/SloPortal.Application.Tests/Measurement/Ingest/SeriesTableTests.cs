using CsCheck;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.RemoteWrite;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Application.Measurement.Preview;
using SloPortal.Domain.Measurement;
using static SloPortal.Application.Tests.Measurement.Ingest.WriteRequestBuilder;

namespace SloPortal.Application.Tests.Measurement.Ingest;

public class SeriesTableTests
{
    private const long Minute = UnixMinute.Milliseconds;
    private static readonly SampleRules Rules = new(Minute, 1_000_000 * Minute);
    private static readonly SeriesSelector Requests = SeriesSelector.Parse("requests_total");
    private static readonly ReadSli ByGood = new(1, 1, new CounterRatio(SeriesSelector.Parse("requests_total{code=~\"2..\"}"), null, Requests));
    private static readonly ReadSli ByBad = new(2, 1, new CounterRatio(null, SeriesSelector.Parse("requests_total{code=~\"5..\"}"), Requests));
    private static readonly ReadSli Gauge = new(3, 1, new GaugeThreshold(SeriesSelector.Parse("queue"), ThresholdOperator.AtMost, 10));
    private static readonly (string, string)[] Ok = [("__name__", "requests_total"), ("code", "200")];
    private static readonly (string, string)[] Error = [("__name__", "requests_total"), ("code", "500")];
    private static readonly (string, string)[] Queue = [("__name__", "queue")];

    [Fact]
    public void Fold_GoodAndBadDefinitions_CountTheSameEvents()
    {
        var (_, group) = Fold([ByGood, ByBad], new WriteRequestBuilder()
            .Series(Ok, (Minute, 100), (2 * Minute, 190))
            .Series(Error, (Minute, 5), (2 * Minute, 15)));
        Assert.Equal([new(1, 2, 90, 100), new(2, 2, 90, 100)], group.Minutes.InOrder());
        Assert.Equal(4, group.TallyOf(1).Matched);
        Assert.Equal([0, 1], group.NewSeries.Select(s => s.SeriesId));
        Assert.Equal("requests_total{code=\"200\"}", group.NewSeries[0].Labels.ToString());
    }

    [Fact]
    public void Fold_Gauge_CountsEachNewSampleAsAnEvent()
    {
        var (_, group) = Fold([Gauge], new WriteRequestBuilder()
            .Series(Queue, (Minute, 10), (Minute + 1, 11), (2 * Minute, -3), (2 * Minute, -3), (2 * Minute, 4)));
        Assert.Equal([new(3, 1, 1, 2), new(3, 2, 1, 1)], group.Minutes.InOrder());
        Assert.Equal(1, group.TallyOf(1).Duplicates);
        Assert.Equal([(SampleRefusal.Conflict, 1)], group.TallyOf(1).Refusals());
    }

    [Fact]
    public void Fold_NoEvents_IsDataOfZero()
    {
        var (_, group) = Fold([ByGood], new WriteRequestBuilder().Series(Ok, (Minute, 7), (2 * Minute, 7)));
        Assert.Equal([new(1, 2, 0, 0)], group.Minutes.InOrder());
    }

    [Fact]
    public void Fold_SameBatchTwice_CountsOnce()
    {
        var batch = new WriteRequestBuilder().Series(Ok, (Minute, 7), (2 * Minute, 9), (3 * Minute, 12));
        var (table, group) = Fold([ByGood], batch);
        var before = group.Minutes.InOrder();
        group.Clear();
        Fold(table, group, batch);
        Assert.Equal([new(1, 2, 2, 2), new(1, 3, 3, 3)], before);
        Assert.Empty(group.Minutes.InOrder());
        Assert.True(group.Log.IsEmpty);
        Assert.Equal(3, group.TallyOf(1).Duplicates);
    }

    [Fact]
    public void Fold_BadSamples_AreCountedByReason()
    {
        var (_, group) = Fold([ByGood], new WriteRequestBuilder()
            .Series(Ok, (Minute, double.NaN), (Minute, double.PositiveInfinity), (Minute, -1), (0, 1), (2_000_000 * Minute, 1))
            .Series([("__name__", "other")], (Minute, 1), (Minute, BitConverter.UInt64BitsToDouble(SampleRules.StaleMarkerBits)))
            .Series([("job", "api")], (Minute, 1))
            .Series([("__name__", "x"), ("a", "1"), ("a", "2")], (Minute, 1))
            .Series([("__name__", "x"), ("", "2")], (Minute, 1))
            .Series([("__name__", "x"), ("a", new string('v', 5000))], (Minute, 1))
            .Series(Label("__name__", "x"), Label("a"u8.ToArray(), [0xC3, 0x28]), Sample(Minute, 1))
            .Series([("__name__", "x"), ("a", "\0")], (Minute, 1), (Minute, 2))
            .Series(Label("__name__", "x"), Field(4, [])));
        var tally = group.TallyOf(1);
        Assert.Equal(
            [
                (SampleRefusal.NotANumber, 1), (SampleRefusal.StaleMarker, 1), (SampleRefusal.Infinite, 1), (SampleRefusal.NegativeCounter, 1),
                (SampleRefusal.InFuture, 1), (SampleRefusal.PastRetention, 1), (SampleRefusal.NativeHistogram, 1), (SampleRefusal.NoMetricName, 1),
                (SampleRefusal.BadLabelName, 2), (SampleRefusal.LabelsTooLong, 1), (SampleRefusal.LabelEncoding, 3),
            ],
            tally.Refusals());
        Assert.Equal(1, tally.Unmatched);
        Assert.Equal(0, tally.Matched);
        Assert.Equal(tally.Arrived, tally.Unmatched + tally.Duplicates + tally.Refusals().Sum(r => r.Count));
    }

    [Fact]
    public void Fold_LabelsInAnotherOrder_AreTheSameSeries()
    {
        var (table, group) = Fold([ByGood], new WriteRequestBuilder().Series(Ok, (Minute, 7)));
        Fold(table, group, new WriteRequestBuilder().Series([("code", "200"), ("empty", ""), ("__name__", "requests_total")], (2 * Minute, 9)));
        Fold(table, group, new WriteRequestBuilder().Series([("code", "200"), ("empty", ""), ("__name__", "requests_total")], (3 * Minute, 10)));
        table.Fold(1, LabelSet.Of("requests_total", ("code", "200")), [new(4 * Minute, 20)], Rules, group);
        Assert.Equal([new(1, 2, 2, 2), new(1, 3, 1, 1), new(1, 4, 10, 10)], group.Minutes.InOrder());
        Assert.Single(group.NewSeries);
    }

    [Fact]
    public void Fold_OtherSource_IsReadByAnSliWithoutASource()
    {
        var table = NewTable([ByGood, ByGood with { SliId = 9, SourceId = null }], out var group);
        Fold(table, group, new WriteRequestBuilder().Series(Ok, (Minute, 7), (2 * Minute, 9)), sourceId: 2);
        Assert.Equal([new(9, 2, 2, 2)], group.Minutes.InOrder());
    }

    [Fact]
    public void Fold_BeyondTheLimits_IsRefusedOrOnlyCounted()
    {
        var table = new SeriesTable(new SeriesLimits(MaxRead: 1, MaxUnread: 1), new LabelLimits());
        var group = new IngestGroup();
        table.UseSlis(new SliSet([ByGood]));
        for (var round = 1; round <= 2; round++)
        {
            Fold(table, group, new WriteRequestBuilder().Series(Ok, (round * Minute, 7)).Series(Error, (round * Minute, 7))
                .Series([("__name__", "a")], (round * Minute, 7)).Series([("__name__", "b")], (round * Minute, 7)));
        }

        Assert.Equal([(SampleRefusal.SeriesLimit, 2)], group.TallyOf(1).Refusals());
        Assert.Equal(4, group.TallyOf(1).Unmatched);
        Assert.Equal((1, 1), (table.ReadCount, table.UnreadCount));
    }

    [Fact]
    public void UseSlis_NewSli_ReadsSeriesThatAlreadyArrive()
    {
        var (table, group) = Fold([], new WriteRequestBuilder().Series(Ok, (Minute, 7)));
        table.UseSlis(new SliSet([ByGood]));
        Fold(table, group, new WriteRequestBuilder().Series(Ok, (2 * Minute, 9), (3 * Minute, 10)));
        Assert.Equal([new(1, 2, 2, 2), new(1, 3, 1, 1)], group.Minutes.InOrder());
        Assert.Equal((1, 2), (group.TallyOf(1).Unmatched, group.TallyOf(1).Matched));
    }

    [Fact]
    public void UseSlis_SliGoneAndBack_CountsNothingInBetween()
    {
        var (table, group) = Fold([ByGood], new WriteRequestBuilder().Series(Ok, (Minute, 7)));
        table.UseSlis(SliSet.Empty);
        Fold(table, group, new WriteRequestBuilder().Series(Ok, (9 * Minute, 1000)));
        table.UseSlis(new SliSet([ByGood]));
        Fold(table, group, new WriteRequestBuilder().Series(Ok, (10 * Minute, 1001)));
        Assert.Equal([new(1, 10, 1, 1)], group.Minutes.InOrder());
        Assert.Single(group.NewSeries);
    }

    [Fact]
    public void Sweep_MostSeries_KeepsTheLabelsOfTheOthers()
    {
        var batch = new WriteRequestBuilder();
        for (var i = 0; i < 1000; i++)
            batch.Series([("__name__", "requests_total"), ("pod", $"pod-{i:x4}")], (i % 100 == 0 ? 9 * Minute : Minute, i));
        var (table, group) = Fold([ByGood], batch);
        group.Clear();

        table.Sweep(5 * Minute, group);

        Assert.Equal(
            Enumerable.Range(0, 10).Select(i => $"requests_total{{pod=\"pod-{i * 100:x4}\"}}"),
            table.SeriesOf(1).Select(l => l.ToString()));
        group.Clear();
        Fold(table, group, new WriteRequestBuilder().Series([("__name__", "requests_total"), ("pod", "pod-0064")], (10 * Minute, 103)));
        Assert.Empty(group.NewSeries);
        Assert.Equal(1, group.Log.SampleCount);
    }

    [Fact]
    public void Sweep_IdleSeries_AreEvictedAndTheOthersStay()
    {
        var (table, group) = Fold([ByGood], new WriteRequestBuilder()
            .Series([("__name__", "unread")], (Minute, 1)).Series(Error, (Minute, 7)).Series(Ok, (Minute, 7), (9 * Minute, 8)));
        group.Clear();
        table.Sweep(5 * Minute, group);
        Assert.Equal([0, 1], group.EvictedSeries);
        Assert.Equal((1, 0), (table.ReadCount, table.UnreadCount));
        Assert.Equal("200", Assert.Single(table.SeriesOf(1))["code"]);
        Fold(table, group, new WriteRequestBuilder().Series(Ok, (10 * Minute, 10)).Series(Error, (10 * Minute, 20)));
        Assert.Equal([new(1, 10, 2, 2)], group.Minutes.InOrder());
        Assert.Equal(3, Assert.Single(group.NewSeries).SeriesId);
    }

    [Fact]
    public void HistoryFold_LogOfTheLastHours_CountsWhatTheSliWouldHave()
    {
        var (table, group) = Fold([], new WriteRequestBuilder().Series(Ok, (Minute, 100)).Series(Error, (Minute, 5)).Series(Queue, (Minute, -1)));
        var (series, rows) = (group.NewSeries.ToArray(), new List<byte[]> { group.Log.Row().ToArray() });
        group.Clear();
        Fold(table, group, new WriteRequestBuilder().Series(Ok, (3 * Minute, 190)).Series(Error, (3 * Minute, 15)));
        Fold(table, group, new WriteRequestBuilder().Series(Ok, (2 * Minute, 150)).Series(Error, (2 * Minute, 5), (4 * Minute, 15)));
        rows.Add(group.Log.Row().ToArray());

        var fold = new HistoryFold(0, ByBad.Definition);
        Array.ForEach(series, s => fold.Add(s.SeriesId, s.Labels));
        rows.ForEach(r => fold.Replay(r));
        Assert.Equal(2, fold.Series.Count);
        Assert.Equal([new(0, 2, 50, 50), new(0, 3, 40, 50), new(0, 4, 0, 0)], fold.Minutes.InOrder());
    }

    [Fact]
    public void Replay_LogOfAnotherPortal_LeadsToTheSameHistories()
    {
        var sample = Gen.Select(Gen.Int[0, 5], Gen.Long[60, 100], Gen.Double[0, 1000]);
        sample.Array[1, 60].Array[1, 6].Sample(groups =>
        {
            var writer = NewTable([ByGood, Gauge], out var group);
            var reader = NewTable([], out _);
            var restored = NewTable([ByGood], out _);
            var stored = new List<NewSeries>();
            var (chunks, after) = (new List<byte[]>(), new List<byte[]>());
            for (var g = 0; g < groups.Length; g++)
            {
                group.Clear();
                if (g == 2)
                {
                    writer.UseSlis(new SliSet([ByGood]));
                    writer.Sweep(80_000, group);
                }

                foreach (var (series, second, value) in groups[g])
                {
                    var labels = series == 5 ? LabelSet.Of("queue") : LabelSet.Of("requests_total", ("code", $"20{series}"));
                    writer.Fold(1, labels, [new(second * 1000, Math.Round(value, series % 3))], Rules, group);
                }

                stored.AddRange(group.NewSeries);
                foreach (var s in group.NewSeries)
                {
                    reader.Register(s.SeriesId, s.SourceId, s.Labels);
                }

                var row = group.Log.Row().ToArray();
                reader.Replay(row);
                after.Add(row);
                if (g == groups.Length / 2)
                {
                    (chunks, after) = ([.. writer.Checkpoint(seriesPerChunk: 2)], []);
                }
            }

            foreach (var s in stored)
            {
                restored.Register(s.SeriesId, s.SourceId, s.Labels);
            }

            chunks.ForEach(c => restored.Restore(c));
            after.ForEach(r => restored.Replay(r));
            Assert.Equal(writer.NextSeriesId, reader.NextSeriesId);
            Assert.Equal(writer.NextSeriesId, restored.NextSeriesId);
            Assert.All(stored.Where(s => writer.HistoryOf(s.SeriesId) is not null), s =>
            {
                Assert.Equal(writer.HistoryOf(s.SeriesId), reader.HistoryOf(s.SeriesId));
                Assert.Equal(writer.HistoryOf(s.SeriesId), restored.HistoryOf(s.SeriesId));
            });
            Assert.Equal(writer.StoredCount, reader.StoredCount);
        });
    }

    private static SeriesTable NewTable(ReadSli[] slis, out IngestGroup group)
    {
        var table = new SeriesTable(new SeriesLimits(), new LabelLimits());
        group = new IngestGroup();
        table.UseSlis(new SliSet(slis));
        return table;
    }

    private static (SeriesTable Table, IngestGroup Group) Fold(ReadSli[] slis, WriteRequestBuilder request)
    {
        var table = NewTable(slis, out var group);
        Fold(table, group, request);
        return (table, group);
    }

    private static void Fold(SeriesTable table, IngestGroup group, WriteRequestBuilder request, int sourceId = 1)
    {
        Assert.True(RemoteWriteDecoder.TryDecode(request.Body(), sourceId, new WriteLimits(), out var write, out _));
        table.Fold(write, Rules, group);
        write.Dispose();
    }
}
