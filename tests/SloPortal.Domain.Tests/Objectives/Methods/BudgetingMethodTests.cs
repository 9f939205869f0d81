using CsCheck;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Objectives.Methods;

public class BudgetingMethodTests
{
    private static readonly DateTimeOffset Start = At.Utc("2026-03-01");

    [Fact]
    public void Count_AnyHistory_EqualsANaiveCountOfEachSlice()
    {
        var gen = Gen.Select(Gen.Select(Gen.Int[0, 30], Gen.Int[0, 30]).Array[1, 400], Gen.OneOf(Gen.Const(1), Gen.Const(5), Gen.Const(12), Gen.Const(60)), Gen.Int[50, 99]);
        gen.Sample((minutes, length, percent) =>
        {
            var buckets = minutes.Select((m, i) => new CountBucket(Start.AddMinutes(i), new EventCounts(m.Item1 - Math.Min(m.Item1, m.Item2), m.Item1))).ToList();
            var history = MinuteCounts.FromBuckets(new Interval(Start, Start.AddMinutes(minutes.Length)), buckets);
            var slices = buckets.GroupBy(b => b.Start.Ticks / (TimeSpan.TicksPerMinute * length)).Select(g => g.Aggregate(EventCounts.None, (sum, b) => sum + b.Counts)).Where(s => s.Total > 0).ToList();

            var all = new TimeSlices(new SliceLength(length), new ObjectiveTarget(percent)).Count(history).In(history.Covered);
            Assert.Equal(slices.Count, all.Total);
            Assert.Equal(slices.Count(s => (decimal)s.Good / (decimal)s.Total >= percent / 100m), all.Good);

            var mean = new RatioTimeSlices(new SliceLength(length)).Count(history).In(history.Covered);
            Assert.Equal(slices.Count, mean.Total);
            Assert.Equal(slices.Sum(s => s.Good / s.Total), mean.Good, 1e-9);
        }, iter: 300);
    }

    [Fact]
    public void Without_SomeMinutes_CountsTheOthersAsTheyWere()
    {
        Gen.Select(Gen.Int[0, 30], Gen.Int[0, 30], Gen.Bool).Array[1, 200].Sample(minutes =>
        {
            var within = new Interval(Start, Start.AddMinutes(minutes.Length));
            var history = MinuteCounts.FromBuckets(within, [.. minutes.Select((m, i) => new CountBucket(Start.AddMinutes(i), new EventCounts(m.Item1, m.Item2)))]);

            var left = history.Without([.. minutes.Select(m => m.Item3)]);

            Assert.Equal(within, left.Covered);
            Assert.All(minutes.Select((m, i) => (m, i)), x => Assert.Equal(x.m.Item3 ? EventCounts.None : new EventCounts(x.m.Item1, x.m.Item2), left.In(x.i, x.i + 1)));
        }, iter: 100);
    }

    [Theory]
    [InlineData("occurrences")]
    [InlineData("timeslices 5m 99")]
    [InlineData("timeslices 60m 99.95")]
    [InlineData("ratio timeslices 1m")]
    public void Read_WhatIsPrinted_IsTheSame(string text) => Assert.Equal(text, MethodText.Read(text).Method!.ToString());

    [Theory]
    [InlineData("timeslices 7m 99", "A slice lasts 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30 or 60 minutes, so that slices begin alike in every hour.")]
    [InlineData("ratio timeslices 0m", "A slice lasts 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30 or 60 minutes, so that slices begin alike in every hour.")]
    [InlineData("timeslices 5m 100", "A target of 100 % leaves no error budget: the first failure would break it for the whole window. Choose a target below 100 %.")]
    [InlineData("often", "Write a method as “occurrences”, “timeslices 5m 99” (length and the percentage from which a slice is good) or “ratio timeslices 5m”.")]
    [InlineData(null, "Write a method as “occurrences”, “timeslices 5m 99” (length and the percentage from which a slice is good) or “ratio timeslices 5m”.")]
    public void Read_Nonsense_SaysWhy(string? text, string refusal) => Assert.Equal((null, refusal), MethodText.Read(text));

    [Fact]
    public void Differences_OutageInAQuietNight_IsChargedBySlicesAndHardlyByEvents()
    {
        // Ten events a minute at night, a thousand by day; an hour of full outage in one night, and a thousandth failing at one noon hour.
        var buckets = Enumerable.Range(0, 10 * 1440).Select(i => (At: Start.AddMinutes(i), i)).Select(m => (m.At, m.i, Total: m.At.Hour < 6 ? 10d : 1000d))
            .Select(m => new CountBucket(m.At, EventCounts.OfBad(m.i / 60 == 5 * 24 + 3 ? m.Total : m.i / 60 == 6 * 24 + 12 ? 5 : 0, m.Total))).ToList();
        var history = MinuteCounts.FromBuckets(new Interval(Start, Start.AddDays(10)), buckets);
        BudgetingMethod[] methods = [new Occurrences(), new TimeSlices(new SliceLength(5), new ObjectiveTarget(99m)), new RatioTimeSlices(new SliceLength(5))];
        var (window, target) = (new RollingWindow(7), new ObjectiveTarget(99.5m));

        var verdicts = MethodComparison.Judge(history, methods, window, target);
        var worst = Assert.Single(MethodComparison.Differences(history, methods, verdicts[0].Last!.Window, target, 5), d => d.Spread > 0.01);

        Assert.Equal([true, false, false], verdicts.Select(v => v.Met));
        Assert.Equal(new Interval(Start.AddDays(5).AddHours(3), Start.AddDays(5).AddHours(4)), worst.When);
        Assert.Equal(600, worst.Counts.Bad);
        // By events: 600 of 0.5 % of 7 × (360 × 10 + 1080 × 1000); by slices: 12 of 0.5 % of 2016.
        Assert.Equal(600 / (0.005 * 7 * 1_083_600), worst.Spent[0], 1e-9);
        Assert.Equal(12 / (0.005 * 2016), worst.Spent[1], 1e-9);
    }

    [Theory]
    [InlineData(1, "At this traffic the budget of a window is less than one failure. Count slices of time, or take a longer window: a handful of events would decide.")]
    [InlineData(10_000, "Traffic is even and the budget of a window is 1,680 failures. Count events where each matters to somebody, slices where people feel the minutes.")]
    public void For_EvenTraffic_DependsOnTheBudget(int perHour, string advice)
    {
        var buckets = Enumerable.Range(0, 240).Select(h => new CountBucket(Start.AddHours(h), new EventCounts(perHour, perHour))).ToList();

        Assert.Equal(advice, MethodAdvice.For(MinuteCounts.FromBuckets(new Interval(Start, Start.AddHours(240)), buckets), new RollingWindow(7), new ObjectiveTarget(99.9m)));
    }
}
