using CsCheck;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Deciding;

namespace SloPortal.Domain.Tests.Measurement.Deciding;

public sealed class CountingScheduleTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly Silence Known = new(0, 10);

    private static readonly Gen<EventCounts> Minute = Gen.Select(Gen.Int[0, 3], Gen.Int[1, 50], Gen.Double[0, 1]).Select((gap, total, share) => gap == 0 ? EventCounts.None : new EventCounts(Math.Floor(total * share), total));

    [Fact]
    public void Count_WorstOf_IsTheMeasurementWithTheLowestShareInEachMinute() => Sample(MergeRule.WorstOf, minute =>
    {
        var withData = minute.Where(c => c.Total > 0).ToList();
        return withData.Count == 0 ? EventCounts.None : withData.OrderBy(c => c.Good / c.Total).First();
    });

    [Fact]
    public void Count_Median_IsTheMiddleShareOverTheEventsOfTheSli() => Sample(MergeRule.Median, minute =>
    {
        var withData = minute.Where(c => c.Total > 0).ToList();
        if (withData.Count == 0)
            return EventCounts.None;
        if (withData.Count == 1)
            return withData[0];
        var shares = withData.Select(c => c.Good / c.Total).Order().ToList();
        var middle = shares.Count == 2 ? (shares[0] + shares[1]) / 2 : shares[1];
        return new(middle * withData[0].Total, withData[0].Total);
    });

    [Fact]
    public void Count_Primary_IsTheSliItselfAlsoWhereItHasNothing() => Sample(MergeRule.Primary, minute => minute[0]);

    [Fact]
    public void Count_Other_IsTheOneThatWasNamed() => Sample(MergeRule.Other, minute => minute[1]);

    [Fact]
    public void Count_BeforeTheDecision_IsTheSliItself()
    {
        var schedule = new CountingSchedule(1, [(Start.AddMinutes(2), new CountingRule(MergeRule.WorstOf, [2], NoDataRule.CountsAsNothing, 0)), (Start.AddMinutes(4), CountingRule.Default)]);

        var counted = schedule.Count(Span(5), [Of([.. Enumerable.Repeat(new EventCounts(10, 10), 5)]), Of([.. Enumerable.Repeat(new EventCounts(4, 8), 5)])], Known);

        Assert.Equal([new(10, 10), new(10, 10), new(4, 8), new(4, 8), new(10, 10)], Each(counted));
    }

    [Fact]
    public void Count_SilenceThatCountsAsBad_DoesSoAfterItsMinutesUntilDataComes()
    {
        var schedule = new CountingSchedule(1, [(Start.AddDays(-1), new CountingRule(MergeRule.Primary, [], NoDataRule.CountsAsBad, 3))]);
        EventCounts[] minutes = [EventCounts.None, EventCounts.None, EventCounts.None, new(5, 5), EventCounts.None, EventCounts.None, EventCounts.None, EventCounts.None];

        // Two minutes were silent before, so the second here is the fourth.
        var counted = schedule.Count(Span(8), [Of(minutes)], new(2, 10));

        Assert.Equal([EventCounts.None, new(0, 10), new(0, 10), new(5, 5), EventCounts.None, EventCounts.None, EventCounts.None, new(0, 10)], Each(counted));
    }

    [Theory]
    [InlineData(null, 10)]
    [InlineData(100, 0)]
    public void Count_SilenceOfWhatNeverCountedOrHasNoUsualEvents_IsNothing(int? before, double usual)
    {
        var schedule = new CountingSchedule(1, [(Start.AddDays(-1), new CountingRule(MergeRule.Primary, [], NoDataRule.CountsAsBad, 3))]);

        Assert.False(schedule.Count(Span(60), [Of([])], new(before, usual)).In(0, 60).HasData);
    }

    private static void Sample(MergeRule merge, Func<EventCounts[], EventCounts> naive) => Minute.Array[3].Array[1, 60].Sample(minutes =>
    {
        int[] others = merge switch { MergeRule.Primary => [], MergeRule.Other => [2], _ => [2, 3] };
        var schedule = new CountingSchedule(1, [(Start.AddDays(-1), new CountingRule(merge, others, NoDataRule.CountsAsNothing, 0))]);
        var sources = Enumerable.Range(0, others.Length + 1).Select(i => Of([.. minutes.Select(m => m[i])])).ToList();
        var counted = schedule.Count(Span(minutes.Length), sources, Known);
        return minutes.Select(naive).Zip(Each(counted)).All(p => Math.Abs(p.First.Good - p.Second.Good) < 1e-6 && Math.Abs(p.First.Total - p.Second.Total) < 1e-6);
    });

    private static Interval Span(int minutes) => new(Start, Start.AddMinutes(minutes));

    private static EventCounts[] Each(MinuteCounts counts) => [.. Enumerable.Range(0, counts.Minutes).Select(i => counts.In(i, i + 1))];

    private static MinuteCounts Of(EventCounts[] minutes) =>
        MinuteCounts.FromBuckets(Span(Math.Max(60, minutes.Length)), [.. minutes.Select((c, i) => new CountBucket(Start.AddMinutes(i), c)).Where(b => b.Counts.HasData)]);
}
