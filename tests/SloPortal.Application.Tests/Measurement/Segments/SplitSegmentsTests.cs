using CsCheck;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Segments;

namespace SloPortal.Application.Tests.Measurement.Segments;

/// <summary>The writers' tables without a database: what one stores the other follows.</summary>
public sealed class SplitSegmentsTests
{
    private const int Sli = 7;
    private const int Cap = 3;
    private const long Start = 1_700_000_040_000;

    private static readonly SampleRules Rules = SampleRules.At(DateTimeOffset.FromUnixTimeMilliseconds(Start).AddDays(1), TimeSpan.FromDays(30));

    private static readonly SliDefinition[] Definitions =
    [
        new CounterRatio(null, SeriesSelector.Parse("m{code=\"500\"}"), SeriesSelector.Parse("m")),
        new CounterRatio(SeriesSelector.Parse("m{code=\"200\"}"), null, SeriesSelector.Parse("m")),
        new GaugeThreshold(SeriesSelector.Parse("m"), ThresholdOperator.Below, 40),
    ];

    // Late, repeated and falling values among them; region 0 lacks the label.
    private static readonly Gen<(int Region, int Code, int Second, int Value)> Sample = Gen.Select(Gen.Int[0, 6], Gen.Int[0, 1], Gen.Int[0, 600], Gen.Int[0, 80]);

    // What happens between two groups: nothing, another portal writes, a portal starts anew, the SLIs are read anew.
    private static readonly Gen<(int Portal, int Event, (int, int, int, int)[] Samples)> Step = Gen.Select(Gen.Int[0, 1], Gen.Int[0, 3], Sample.Array[1, 12]);

    [Fact]
    public void Fold_AnySamplesOnTwoPortals_TheSegmentsTogetherAreTheSli() => Gen.Select(Gen.Int[0, 2], Step.Array[1, 20]).Sample((kind, steps) =>
    {
        var stored = new Stored(Definitions[kind]);
        var portals = new[] { stored.Open(), stored.Open() };
        foreach (var (portal, happens, samples) in steps)
        {
            if (happens == 1)
                portals[portal] = stored.Open();
            else if (happens == 2)
                portals[portal].UseSlis(stored.Slis());
            stored.Write(portals[portal], portals[1 - portal], samples);
        }

        Assert.Equal(stored.Of(id => id == Sli), stored.Of(id => id != Sli));
        Assert.All(stored.Segments, s => Assert.Single(stored.Segments, o => o.Id == s.Id));
        Assert.Equal(stored.Segments.Count, stored.Segments.DistinctBy(s => (s.IsOther, string.Join('|', s.Values))).Count());
        Assert.InRange(stored.Segments.Count(s => !s.IsOther), 0, Cap);
        // Only once there is no room for another is anything counted together.
        Assert.True(stored.Segments.All(s => !s.IsOther) || stored.Segments.Count(s => !s.IsOther) == Cap);
    }, iter: 400);

    [Fact]
    public void Fold_SliWithoutASplit_MakesNoSegment()
    {
        var table = new SeriesTable(new SeriesLimits(), new LabelLimits());
        table.UseSlis(new SliSet([new ReadSli(Sli, null, Definitions[0])]));
        var group = new IngestGroup();
        table.Fold(1, LabelSet.Of("m", ("region", "eu")), [new RawSample(Start, 1), new RawSample(Start + 1000, 5)], Rules, group);

        Assert.Empty(group.NewSegments);
        Assert.Equal(Sli, Assert.Single(group.Minutes.InOrder()).SliId);
    }

    [Fact]
    public void Fold_SamplesOfASplitSli_TakesNoMemoryForEach()
    {
        var table = new SeriesTable(new SeriesLimits(), new LabelLimits());
        table.UseSlis(new SliSet([new ReadSli(Sli, null, Definitions[0], new SplitSegments(1, Sli, ["region"], Cap, new SegmentNumbers()))]));
        var group = new IngestGroup();
        var labels = Enumerable.Range(0, 8).Select(i => LabelSet.Of("m", ("region", $"r{i}"), ("code", "500"))).ToArray();
        var samples = new RawSample[1];
        Take(0, 200);
        group.Log.Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Take(200, 400);
        var perSample = (GC.GetAllocatedBytesForCurrentThread() - before) / (200.0 * labels.Length);

        // The key of a series is computed anew here, since these samples come with labels; a segment would add an object or more.
        group.Clear();
        var plain = new SeriesTable(new SeriesLimits(), new LabelLimits());
        plain.UseSlis(new SliSet([new ReadSli(Sli, null, Definitions[0])]));
        (table, var split) = (plain, perSample);
        Take(0, 200);
        group.Log.Clear();
        before = GC.GetAllocatedBytesForCurrentThread();
        Take(200, 400);
        Assert.Equal((GC.GetAllocatedBytesForCurrentThread() - before) / (200.0 * labels.Length), split, 1.0);

        void Take(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                samples[0] = new RawSample(Start + (i * 100), i);
                foreach (var one in labels)
                    table.Fold(1, one, samples, Rules, group);
            }
        }
    }

    /// <summary>What the database would hold.</summary>
    private sealed class Stored(SliDefinition definition)
    {
        private readonly List<NewSeries> _series = [];
        private readonly List<byte[]> _log = [];
        private readonly Dictionary<(int Id, int Minute), (double Good, double Total)> _minutes = [];
        private byte[][] _checkpoint = [];
        private int _checkpointAt;

        public List<NewSegment> Segments { get; } = [];

        public SliSet Slis()
        {
            var numbers = new SegmentNumbers();
            var split = new SplitSegments(1, Sli, ["region"], Cap, numbers);
            Segments.ForEach(s => split.Restore(s.Id, s.Values, s.IsOther));
            return new SliSet([new ReadSli(Sli, null, definition, split)]);
        }

        public SeriesTable Open()
        {
            var table = new SeriesTable(new SeriesLimits(), new LabelLimits());
            table.UseSlis(Slis());
            _series.ForEach(s => table.Register(s.SeriesId, s.SourceId, s.Labels));
            foreach (var chunk in _checkpoint)
                table.Restore(chunk);
            foreach (var row in _log.Skip(_checkpointAt))
                table.Replay(row);
            return table;
        }

        public void Write(SeriesTable writer, SeriesTable other, IEnumerable<(int Region, int Code, int Second, int Value)> samples)
        {
            var group = new IngestGroup();
            foreach (var (region, code, second, value) in samples)
            {
                var labels = LabelSet.Of("m", ("region", region == 0 ? "" : $"r{region}"), ("code", code == 0 ? "200" : "500"));
                writer.Fold(1, labels, [new RawSample(Start + (second * 1000), value)], Rules, group);
            }
            if (group.Log.IsEmpty)
                return;
            _series.AddRange(group.NewSeries);
            Segments.AddRange(group.NewSegments);
            _log.Add(group.Log.Row().ToArray());
            foreach (var minute in group.Minutes.InOrder())
            {
                var (good, total) = _minutes.GetValueOrDefault((minute.SliId, minute.Minute));
                _minutes[(minute.SliId, minute.Minute)] = (good + minute.Good, total + minute.Total);
            }
            foreach (var series in group.NewSeries)
                other.Register(series.SeriesId, series.SourceId, series.Labels);
            foreach (var segment in group.NewSegments)
                other.Register(segment.Id, segment.SplitId, segment.Values, segment.IsOther);
            other.Replay(_log[^1]);
            if (_log.Count % 4 == 0)
                (_checkpoint, _checkpointAt) = ([.. writer.Checkpoint()], _log.Count);
        }

        public IReadOnlyList<(int Minute, double Good, double Total)> Of(Func<int, bool> which) =>
        [
            .. _minutes.Where(m => which(m.Key.Id)).GroupBy(m => m.Key.Minute)
                .Select(g => (g.Key, g.Sum(m => m.Value.Good), g.Sum(m => m.Value.Total))).OrderBy(m => m.Key),
        ];
    }
}
