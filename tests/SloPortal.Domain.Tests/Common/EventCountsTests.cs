using CsCheck;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Tests.Common;

public class EventCountsTests
{
    [Fact]
    public void Ratio_ZeroTotal_IsNoDataAndNot100Percent()
    {
        Assert.Null(EventCounts.None.Ratio);
        Assert.Null(EventCounts.None.ErrorRatio);
        Assert.Null(new EventCounts(5, 0).Ratio);
    }

    [Theory]
    [InlineData(12, 10, 0)] // More good than total: counters scraped apart.
    [InlineData(-3, 10, 10)]
    [InlineData(7, 10, 3)]
    public void Bad_OddCounters_StaysWithinZeroAndTotal(double good, double total, double bad) =>
        Assert.Equal(bad, new EventCounts(good, total).Bad);

    [Fact]
    public void Ratio_AnyCounts_StaysBetweenZeroAndOne() => Gen.Select(Gen.Double[-10, 1e9], Gen.Double[-10, 1e9]).Sample((good, total) =>
    {
        var ratio = new EventCounts(good, total).Ratio;
        Assert.Equal(total > 0, ratio is not null);
        Assert.True(ratio is null or (>= 0 and <= 1));
    });

    [Fact]
    public void RunningCounts_AnyWindow_EqualsTheSumOfItsBuckets()
    {
        var origin = At.Utc("2026-01-01");
        var buckets = Gen.Select(Gen.Int[1, 5], Gen.Int[0, 100], Gen.Int[0, 100]).Array[0, 30];
        Gen.Select(buckets, Gen.Int[-3, 100], Gen.Int[0, 100]).Sample((steps, start, length) =>
        {
            var minute = 0;
            var list = steps.Select(step => new CountBucket(
                origin.AddMinutes(minute += step.Item1), new EventCounts(step.Item2, step.Item2 + step.Item3))).ToList();
            var window = new Interval(origin.AddMinutes(start), origin.AddMinutes(start + length));

            var expected = list.Where(bucket => window.Contains(bucket.Start))
                .Aggregate(EventCounts.None, (sum, bucket) => sum + bucket.Counts);

            Assert.Equal(expected, RunningCounts.FromBuckets(list).In(window));
        });
    }

    [Fact]
    public void FromSums_RowsAsStored_GivesTheSameAsBuckets()
    {
        var origin = At.Utc("2026-01-01");
        CountBucket[] buckets = [new(origin, new(9, 10)), new(origin.AddMinutes(1), new(5, 5)), new(origin.AddMinutes(4), new(0, 3))];
        CountBucket[] sums = [new(origin, new(9, 10)), new(origin.AddMinutes(1), new(14, 15)), new(origin.AddMinutes(4), new(14, 18))];
        var window = new Interval(origin.AddMinutes(1), origin.AddMinutes(5));

        Assert.Equal(new EventCounts(5, 8), RunningCounts.FromSums(sums).In(window));
        Assert.Equal(RunningCounts.FromBuckets(buckets).In(window), RunningCounts.FromSums(sums).In(window));
    }

    [Fact]
    public void FromBuckets_OutOfOrder_IsRefused()
    {
        var origin = At.Utc("2026-01-01");
        CountBucket[] twice = [new(origin, new(1, 1)), new(origin, new(1, 1))];

        Assert.Throws<ArgumentException>(() => RunningCounts.FromBuckets(twice));
    }
}
