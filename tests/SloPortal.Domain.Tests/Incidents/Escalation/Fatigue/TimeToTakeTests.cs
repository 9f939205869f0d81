using CsCheck;
using SloPortal.Domain.Incidents.Escalation.Fatigue;

namespace SloPortal.Domain.Tests.Incidents.Escalation.Fatigue;

public sealed class TimeToTakeTests
{
    // Few lengths, so that many are equal.
    private static readonly Gen<Wait> Waits = Gen.Select(Gen.Int[0, 40], Gen.Bool).Select((seconds, taken) => new Wait(TimeSpan.FromSeconds(seconds), taken));

    [Fact]
    public void Of_AllTaken_GivesTheNearestRank() =>
        Gen.Int[0, 10_000].Array[1, 400].Sample(seconds =>
        {
            var time = TimeToTake.Of(seconds.Select(s => new Wait(TimeSpan.FromSeconds(s), true)));

            int[] sorted = [.. seconds.Order()];
            double Rank(int percent) => sorted[((percent * sorted.Length) + 99) / 100 - 1];
            Assert.Equal((seconds.Length, 0, Rank(50), Rank(90), Rank(99)), (time.Taken, time.Untaken, time.P50Seconds, time.P90Seconds, time.P99Seconds));
        });

    /// <summary>By Efron's redistribution: each censored wait gives its weight to those that waited longer, in equal parts.</summary>
    [Fact]
    public void Of_SomeNotTaken_GivesTheirWeightToThoseThatWaitedLonger() =>
        Waits.Array[1, 60].Sample(waits =>
        {
            var time = TimeToTake.Of(waits);

            Wait[] sorted = [.. waits.OrderBy(w => w.Length).ThenByDescending(w => w.IsTaken)];
            var weights = Enumerable.Repeat(1.0 / sorted.Length, sorted.Length).ToArray();
            for (var i = 0; i < sorted.Length - 1; i++)
            {
                if (sorted[i].IsTaken)
                    continue;
                for (var later = i + 1; later < sorted.Length; later++)
                    weights[later] += weights[i] / (sorted.Length - i - 1);
                weights[i] = 0;
            }
            double? Reached(double share)
            {
                var sum = 0.0;
                for (var i = 0; i < sorted.Length; i++)
                {
                    sum += sorted[i].IsTaken ? weights[i] : 0;
                    if (sorted[i].IsTaken && sum >= share - 1e-9)
                        return sorted[i].Length.TotalSeconds;
                }
                return null;
            }
            Assert.Equal((Reached(0.5), Reached(0.9), Reached(0.99)), (time.P50Seconds, time.P90Seconds, time.P99Seconds));
        });

    [Fact]
    public void Of_OneMoreThatNobodyTook_NeverLooksFaster() =>
        Gen.Select(Waits.Array[1, 60], Gen.Int[0, 50]).Sample((waits, seconds) =>
        {
            var before = TimeToTake.Of(waits);
            // It outlasts all that were taken: as zero or left out, the figures would fall or stay.
            var after = TimeToTake.Of([.. waits, new Wait(TimeSpan.FromSeconds(41 + seconds), false)]);

            foreach (var (was, now) in ((double?, double?)[])[(before.P50Seconds, after.P50Seconds), (before.P90Seconds, after.P90Seconds), (before.P99Seconds, after.P99Seconds)])
                Assert.True((now ?? double.PositiveInfinity) >= (was ?? double.PositiveInfinity), $"{was} became {now}");
        });

    [Fact]
    public void Of_NobodyTookAny_ReachesNoPercentile()
    {
        var time = TimeToTake.Of([new Wait(TimeSpan.FromMinutes(1), false), new Wait(TimeSpan.FromMinutes(90), false)]);

        Assert.Equal(new TimeToTake(0, 2, null, null, null), time);
    }

    [Fact]
    public void Bars_AnyWaits_HoldEachOnceWithinTheirBounds() =>
        Gen.Select(Gen.Int[0, 20_000], Gen.Bool).Array[0, 100].Sample(given =>
        {
            Wait[] waits = [.. given.Select(g => new Wait(TimeSpan.FromSeconds(g.Item1), g.Item2))];

            var bars = WaitBar.Of(waits);

            Assert.All(bars, bar =>
            {
                var within = waits.Where(w => w.Length.TotalSeconds >= bar.FromSeconds && (bar.BelowSeconds is not { } below || w.Length.TotalSeconds < below)).ToList();
                Assert.Equal((within.Count(w => w.IsTaken), within.Count(w => !w.IsTaken)), (bar.Taken, bar.Untaken));
            });
            Assert.Equal(waits.Length, bars.Sum(b => b.Taken + b.Untaken));
        });
}
