using CsCheck;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Budgets;

public class StoryCalculatorTests
{
    private static readonly DateTimeOffset Start = At.Utc("2026-03-20");
    private static readonly ObjectiveTarget TwoNines = new(99m);
    private static readonly ObjectiveTarget ThreeNines = new(99.9m);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly StoryResolution Hourly = new(TimeSpan.FromHours(1), TimeSpan.FromHours(6));

    [Fact]
    public void Tell_AnyHistory_EqualsANaiveRecomputationOfEveryPoint()
    {
        var hours = Gen.Select(Gen.Int[0, 30], Gen.Int[0, 3], Gen.Int[0, 9]).Array[15 * 24, 18 * 24];
        Gen.Select(hours, Gen.Int[0, 100]).Sample((counts, change) =>
        {
            var buckets = counts
                .Select((hour, i) => new CountBucket(Start.AddHours(i), hour.Item3 == 0 ? EventCounts.None : new EventCounts(Math.Max(0, hour.Item1 - hour.Item2), hour.Item1)))
                .Where(bucket => bucket.Counts.HasData).ToList();
            var range = new Interval(Start.AddDays(10), Start.AddHours(counts.Length));
            ObjectiveTerms[] versions =
            [
                new(range.Start.AddHours(3), TwoNines, new RollingWindow(7)),
                new(range.Start.AddHours(3 + change), ThreeNines, new CalendarWindow(CalendarPeriod.Week, "Europe/Berlin")),
            ];

            var story = StoryCalculator.Tell(RunningCounts.FromBuckets(buckets), versions, range, Hourly);

            Assert.Equal((int)range.Length.TotalHours, story.Points.Count);
            foreach (var point in story.Points)
            {
                var terms = versions.LastOrDefault(version => version.EffectiveFrom <= point.At);
                var step = Sum(buckets, point.At.AddHours(-1), point.At);
                var recent = Sum(buckets, point.At.AddHours(-6), point.At);
                Assert.Equal(step.Ratio, point.GoodRatio);
                if (terms is null || recent.Total == 0)
                {
                    Assert.Equal(new StoryPoint(point.At, null, null, null, step.Ratio), point);
                    continue;
                }

                var window = terms.Window.At(point.At);
                var seen = Sum(buckets, window.Start, window.End);
                var allowed = (double)terms.Target.AllowedFailureShare;
                Assert.Equal(recent.ErrorRatio!.Value / allowed, point.Burn!.Value, 1e-9);
                Assert.Equal(seen.Ratio, point.Attained);
                if (seen.HasData)
                {
                    var whole = seen.Total / terms.Window.ElapsedShareAt(point.At);
                    Assert.Equal(1 - (seen.Bad / (allowed * whole)), point.BudgetLeft!.Value, 1e-9);
                }
            }
        }, iter: 30);
    }

    [Fact]
    public void Tell_EmptyStretch_StaysEmpty()
    {
        var buckets = Hours(0, 10 * 24).Concat(Hours(11 * 24, 12 * 24)).ToList();

        var story = Tell(buckets, TwoNines, new Interval(Start.AddDays(9), Start.AddDays(12)));

        // The burn window of six hours bridges a short silence; after it there is a gap until data is back.
        var gap = story.Points.Where(point => point.Attained is null).ToList();
        Assert.Equal(Start.AddDays(10).AddHours(6), gap[0].At);
        Assert.Equal(Start.AddDays(11), gap[^1].At);
        Assert.Equal(19, gap.Count);
        Assert.All(gap, point => Assert.True(point.BudgetLeft is null && point.Burn is null && point.GoodRatio is null));
    }

    [Fact]
    public void Tell_NoVersionInForce_ShowsOnlyTheGoodRatio()
    {
        var story = StoryCalculator.Tell(
            RunningCounts.FromBuckets([.. Hours(0, 48)]), [], new Interval(Start.AddDays(1), Start.AddDays(2)), Hourly);

        Assert.All(story.Points, point => Assert.True(point is { Attained: null, BudgetLeft: null, Burn: null, GoodRatio: 1 }));
    }

    [Fact]
    public void Tell_OnlyTheRowsForTheInstantsNeeded_EqualsTheStoryOfAllBuckets() => Gen.Int[0, 20].Array[40 * 24].Sample(totals =>
    {
        var range = new Interval(Start.AddDays(32).AddMinutes(17), Start.AddDays(40));
        ObjectiveTerms[] versions =
        [
            new(Start, TwoNines, new RollingWindow(28)),
            new(range.Start.AddDays(2), TwoNines, new CalendarWindow(CalendarPeriod.Month, "America/Sao_Paulo")),
        ];
        var buckets = totals.Select((total, i) => new CountBucket(Start.AddHours(i), new(total - (total / 19), total))).ToList();
        var sum = EventCounts.None;
        var stored = buckets.Select(bucket => bucket with { Counts = sum += bucket.Counts }).ToList();

        var fetched = StoryCalculator.InstantsNeeded(versions, range, Hourly)
            .Select(instant => stored.FindLastIndex(row => row.Start < instant)).Where(index => index >= 0)
            .Distinct().Select(index => stored[index]).ToList();

        var all = StoryCalculator.Tell(RunningCounts.FromBuckets(buckets), versions, range, Hourly);
        var few = StoryCalculator.Tell(RunningCounts.FromSums(fetched), versions, range, Hourly);
        Assert.Equal(all.Points, few.Points);
    }, iter: 20);

    [Theory]
    [InlineData(1, 1, 60)]
    [InlineData(12, 1, 60)]
    [InlineData(24, 2, 60)]
    [InlineData(7 * 24, 15, 60)]
    [InlineData(30 * 24, 60, 360)]
    [InlineData(90 * 24, 180, 360)]
    [InlineData(365 * 24, 1440, 1440)]
    [InlineData(1000 * 24, 2880, 2880)]
    public void For_Range_ChoosesStepAndBurnWindow(int hours, int stepMinutes, int burnMinutes) => Assert.Equal(
        new StoryResolution(TimeSpan.FromMinutes(stepMinutes), TimeSpan.FromMinutes(burnMinutes)),
        StoryResolution.For(TimeSpan.FromHours(hours), Minute));

    [Fact]
    public void StepEnds_AnyRange_AreFixedInstantsThatEndWithTheRange() => Gen.Select(Gen.Int[0, 600_000], Gen.Int[1, 600_000]).Sample((from, length) =>
    {
        var range = new Interval(Start.AddMinutes(from), Start.AddMinutes(from + length));
        var resolution = StoryResolution.For(range.Length, Minute);

        var ends = resolution.StepEnds(range.Start, range.End).ToList();

        Assert.InRange(ends.Count, 1, StoryResolution.MostPoints + 1);
        Assert.Equal(range.End, ends[^1]);
        Assert.True(ends[0] > range.Start);
        Assert.All(ends.Zip(ends.Skip(1)), pair => Assert.True(pair.First < pair.Second && pair.Second - pair.First <= resolution.Step));
        Assert.All(ends.SkipLast(1), end => Assert.Equal(0, (end - DateTimeOffset.UnixEpoch).Ticks % resolution.Step.Ticks));
    });

    private static Story Tell(List<CountBucket> buckets, ObjectiveTarget target, Interval range) =>
        StoryCalculator.Tell(RunningCounts.FromBuckets(buckets), [new(Start, target, new RollingWindow(7))], range, Hourly);

    private static IEnumerable<CountBucket> Hours(int from, int to, int bad = 0) =>
        Enumerable.Range(from, to - from).Select(hour => new CountBucket(Start.AddHours(hour), EventCounts.OfBad(bad, 1000)));

    private static EventCounts Sum(List<CountBucket> buckets, DateTimeOffset from, DateTimeOffset to) =>
        buckets.Where(bucket => bucket.Start >= from && bucket.Start < to).Aggregate(EventCounts.None, (sum, bucket) => sum + bucket.Counts);
}
