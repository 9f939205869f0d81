using CsCheck;
using SloPortal.Domain.Measurement;

namespace SloPortal.Domain.Tests.Measurement;

public class SeriesHistoryTests
{
    private const long Minute = UnixMinute.Milliseconds;

    [Fact]
    public void Take_FirstSample_StartsAndAddsNothing() =>
        Assert.Equal((SampleVerdict.Started, ""), Feed([(Minute, 100)]));

    [Fact]
    public void Take_Rise_BelongsToTheMinuteOfTheLaterSample() =>
        Assert.Equal((SampleVerdict.Increased, "2:+5"), Feed([(119_999, 100), (120_000, 105)]));

    [Fact]
    public void Take_Fall_IsAResetAndAddsTheNewValue() =>
        Assert.Equal((SampleVerdict.Increased, "2:+3"), Feed([(Minute, 100), (2 * Minute, 3)]));

    [Fact]
    public void Take_NoRise_SaysThatThereWasData() =>
        Assert.Equal((SampleVerdict.Increased, "2:+0"), Feed([(Minute, 100), (2 * Minute, 100)]));

    [Fact]
    public void Take_SameSampleTwice_IsADuplicate() =>
        Assert.Equal((SampleVerdict.Duplicate, ""), Feed([(Minute, 100), (2 * Minute, 110), (Minute, 100)]));

    [Fact]
    public void Take_OtherValueAtAKnownInstant_IsAConflict() =>
        Assert.Equal((SampleVerdict.Conflict, ""), Feed([(Minute, 100), (2 * Minute, 110), (Minute, 101)]));

    [Fact]
    public void Take_SampleBetweenTwoKept_TakesTheRiseBackAndCountsTheParts() =>
        Assert.Equal(
            (SampleVerdict.LateButFits, "3:-10 2:+4 3:+6"),
            Feed([(Minute, 100), (3 * Minute, 110), (2 * Minute, 104)]));

    [Fact]
    public void Take_SampleBeforeTheStartOfAYoungSeries_BecomesItsStart() =>
        Assert.Equal((SampleVerdict.LateButFits, "2:+10"), Feed([(2 * Minute, 100), (Minute, 90)]));

    [Fact]
    public void Take_OlderThanFourKept_IsTooLate() =>
        Assert.Equal(
            (SampleVerdict.TooLate, ""),
            Feed([(2 * Minute, 1), (3 * Minute, 2), (4 * Minute, 3), (5 * Minute, 4), (Minute, 0)]));

    [Fact]
    public void Take_PathWithResetsOutOfOrderAndTwice_SumsLikeTheSortedSamples()
    {
        // A path: steps of time and value, where a zero gap to the next minute and a fall are both usual.
        var step = Gen.Select(Gen.Long[1, 90_000], Gen.Int[0, 9], Gen.Int[0, 50]);
        var path = step.Array[1, 40].Select(steps =>
        {
            long time = 1_000_000, value = 0;
            return steps.Select(s => (Time: time += s.Item1, Value: (double)(value = s.Item2 == 0 ? s.Item3 : value + s.Item3))).ToArray();
        });

        Gen.Select(path, Gen.Int.Array[80], Gen.Int[0, int.MaxValue]).Sample((samples, noise, seed) =>
        {
            var arriving = Disturb(samples, noise, new Random(seed));
            var history = default(SeriesHistory);
            var sums = new Dictionary<int, double>();
            Span<MinuteIncrease> increases = stackalloc MinuteIncrease[SeriesHistory.MaxIncreases];
            foreach (var (time, value) in arriving)
            {
                var verdict = history.Take(time, value, increases, out var n);
                Assert.NotEqual(SampleVerdict.TooLate, verdict);
                Assert.NotEqual(SampleVerdict.Conflict, verdict);
                foreach (var increase in increases[..n])
                {
                    sums[increase.Minute] = sums.GetValueOrDefault(increase.Minute) + increase.Amount;
                }
            }

            Assert.Equal(Naive(samples), sums.Where(s => s.Value != 0).OrderBy(s => s.Key));
        });
    }

    [Fact]
    public void Restore_StoredSamples_GiveAnEqualHistory()
    {
        var history = default(SeriesHistory);
        Span<MinuteIncrease> increases = stackalloc MinuteIncrease[SeriesHistory.MaxIncreases];
        for (var i = 1; i <= 6; i++)
        {
            history.Take(i, i, increases, out _);
        }

        var restored = default(SeriesHistory);
        for (var i = 0; i < history.Count; i++)
        {
            restored.Restore(history.TimeAt(i), history.ValueAt(i));
        }

        Assert.Equal(history, restored);
        Assert.Throws<InvalidOperationException>(() => restored.Restore(7, 7));
    }

    /// <summary>Samples up to three places late, each kept one sent twice at random while it is still known.</summary>
    private static List<(long Time, double Value)> Disturb((long Time, double Value)[] samples, int[] noise, Random random)
    {
        var waiting = new List<(long Time, double Value)>(samples);
        var arriving = new List<(long Time, double Value)>();
        while (waiting.Count > 0)
        {
            // The next one is among the first four of those that wait, and the first must go once three have passed it.
            var passed = arriving.Distinct().Count(a => a.Time > waiting[0].Time);
            var next = passed >= 3 ? 0 : random.Next(Math.Min(4 - passed, waiting.Count));
            arriving.Add(waiting[next]);
            waiting.RemoveAt(next);

            // Sent twice: only while fewer than four newer distinct ones have arrived, as a history knows no more.
            if (noise[arriving.Count % noise.Length] % 3 == 0)
            {
                var known = arriving.Distinct().OrderByDescending(a => a.Time).Take(4).ToArray();
                arriving.Add(known[random.Next(known.Length)]);
            }
        }

        return arriving;
    }

    private static IEnumerable<KeyValuePair<int, double>> Naive((long Time, double Value)[] samples)
    {
        var sums = new SortedDictionary<int, double>();
        for (var i = 1; i < samples.Length; i++)
        {
            var (before, after) = (samples[i - 1].Value, samples[i].Value);
            var minute = (int)(samples[i].Time / Minute);
            sums[minute] = sums.GetValueOrDefault(minute) + (after < before ? after : after - before);
        }

        return sums.Where(s => s.Value != 0);
    }

    private static (SampleVerdict Verdict, string Increases) Feed((long Time, double Value)[] samples)
    {
        var history = default(SeriesHistory);
        Span<MinuteIncrease> increases = stackalloc MinuteIncrease[SeriesHistory.MaxIncreases];
        var verdict = SampleVerdict.Started;
        var count = 0;
        foreach (var (time, value) in samples)
        {
            verdict = history.Take(time, value, increases, out count);
        }

        return (verdict, string.Join(' ', increases[..count].ToArray().Select(i => $"{i.Minute}:{(i.Amount < 0 ? "" : "+")}{i.Amount}")));
    }
}
