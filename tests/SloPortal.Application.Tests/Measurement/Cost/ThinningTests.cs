using CsCheck;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Tests.Measurement.Cost;

public class ThinningTests
{
    private const long Minute = UnixMinute.Milliseconds;
    private static readonly SampleRules Rules = new(Minute, 1_000_000 * Minute);
    private static readonly DateTimeOffset Later = DateTimeOffset.FromUnixTimeMilliseconds(500_000 * Minute);
    private static readonly ReadSli Requests = new(1, 1, new CounterRatio(SeriesSelector.Parse("requests_total{code=\"0\"}"), null, SeriesSelector.Parse("requests_total")));
    private static readonly ReadSli Queue = new(2, 1, new GaugeThreshold(SeriesSelector.Parse("queue"), ThresholdOperator.AtMost, 10));

    [Fact]
    public void Fold_Thinned_CountsTheSameMinutesAsAllSamples()
    {
        // Steps of up to half a minute; a step down is a restart of the sender. Some batches come twice, some above the rate.
        var sample = Gen.Select(Gen.Int[0, 2], Gen.Int[1, 30], Gen.Int[-200, 50]);
        Gen.Select(Gen.Select(sample.Array[1, 12], Gen.Bool, Gen.Bool).Array[1, 12], Gen.Bool).Sample((batches, always) =>
        {
            var (all, thin) = (new Folding(Requests), new Folding(Requests));
            var (times, values) = (new long[3], new double[3]);
            Array.Fill(times, 10 * Minute);
            foreach (var (steps, thinned, twice) in batches)
            {
                var samples = steps.Select(s =>
                {
                    times[s.Item1] += s.Item2 * 1000;
                    values[s.Item1] = s.Item3 < 0 ? Math.Max(0, values[s.Item1] + s.Item3) : values[s.Item1] + s.Item3;
                    return (Labels: LabelSet.Of("requests_total", ("code", $"{s.Item1}")), Sample: new RawSample(times[s.Item1], values[s.Item1]));
                }).ToArray();
                all.Take(samples, thinned: false);
                thin.Take(samples, thinned || always);
                if (twice && samples.Length <= 4)
                    thin.Take(samples, thinned || always);
            }
            thin.End();
            Assert.Equal(all.Minutes, thin.Minutes);
            Assert.Equal(thin.Arrived, thin.Outcomes);
        });
    }

    [Fact]
    public void Fold_ThinnedEveryFifteenSeconds_KeepsOneSampleAMinute()
    {
        var folding = new Folding(Requests, Queue);
        for (var i = 0; i < 40; i++)
        {
            folding.Take([(LabelSet.Of("requests_total", ("code", "0")), new RawSample((10 * Minute) + (i * 15_000), i))], thinned: true);
            folding.Take([(LabelSet.Of("queue"), new RawSample((10 * Minute) + (i * 15_000), i % 2 == 0 ? 5 : 3))], thinned: true);
        }
        folding.End();

        // The first and the last of each minute of the counter, and the first of each minute of the gauge.
        Assert.Equal((11 + 10, 29 + 30), (folding.Tally.Matched, folding.Tally.Thinned));
        Assert.Equal(39, folding.Minutes.Where(m => m.Key.Sli == 1).Sum(m => m.Value.Total));
    }

    [Fact]
    public void Fold_ThinnedUnreadCounterFalls_LogsTheSampleBeforeTheFall()
    {
        var folding = new Folding();
        foreach (var (second, value) in new[] { (0, 100), (10, 130), (20, 150), (30, 5), (40, 9) })
            folding.Take([(LabelSet.Of("jobs_total"), new RawSample((10 * Minute) + (second * 1000), value))], thinned: true);
        folding.End();

        Assert.Equal([100, 150, 5, 9], folding.Logged);
    }

    [Fact]
    public void TakeHeld_MinuteIsNotOver_HoldsOn()
    {
        var folding = new Folding(Requests);
        folding.Take([(LabelSet.Of("requests_total", ("code", "0")), new RawSample(10 * Minute, 1)), (LabelSet.Of("requests_total", ("code", "0")), new RawSample((10 * Minute) + 1000, 4))], thinned: true);
        Assert.Empty(folding.Minutes);
        folding.End(DateTimeOffset.FromUnixTimeMilliseconds((11 * Minute) + 14_000));
        Assert.Empty(folding.Minutes);
        folding.End(DateTimeOffset.FromUnixTimeMilliseconds((11 * Minute) + 15_000));
        Assert.Equal(3, Assert.Single(folding.Minutes).Value.Total);
    }

    [Fact]
    public void Fold_DeltasThinned_CountsEach()
    {
        var folding = new Folding(Requests);
        var labels = LabelSet.Of("requests_total", ("code", "0"), (LabelSet.TemporalityLabel, LabelSet.Delta));
        folding.Take([.. Enumerable.Range(0, 10).Select(i => (labels, new RawSample((10 * Minute) + i, 2)))], thinned: true);
        Assert.Equal(20, Assert.Single(folding.Minutes).Value.Total);
    }

    private sealed class Folding
    {
        private readonly SeriesTable table = new(new SeriesLimits(), new LabelLimits());
        private readonly IngestGroup group = new();

        public Folding(params ReadSli[] slis) => table.UseSlis(new SliSet(slis));

        public SortedDictionary<(int Sli, int Minute), (double Good, double Total)> Minutes { get; } = [];

        public List<double> Logged { get; } = [];

        public SourceTally Tally { get; } = new();

        public long Arrived => Tally.Arrived;

        public long Outcomes => Tally.Matched + Tally.Unmatched + Tally.Duplicates + Tally.Thinned + Tally.Refusals().Sum(r => r.Count);

        public void Take(IEnumerable<(LabelSet Labels, RawSample Sample)> samples, bool thinned)
        {
            foreach (var (labels, sample) in samples)
                table.Fold(1, labels, [sample], Rules, group, thinned);
            Store();
        }

        public void End(DateTimeOffset? now = null)
        {
            table.TakeHeld(now ?? Later, group);
            Store();
        }

        private void Store()
        {
            foreach (var (sli, minute, good, total) in group.Minutes.InOrder())
            {
                var (before, all) = Minutes.GetValueOrDefault((sli, minute));
                Minutes[(sli, minute)] = (before + good, all + total);
            }
            if (!group.Log.IsEmpty)
            {
                var reader = new SloPortal.Application.Measurement.Ingest.Log.IngestLogReader(group.Log.Row().Span);
                while (reader.TryReadEviction(out _))
                    continue;
                while (reader.TryReadSample(out var sample))
                    Logged.Add(sample.Value);
            }
            Tally.Add(group.TallyOf(1));
            group.Clear();
        }
    }
}
