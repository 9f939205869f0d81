using CsCheck;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Comparing;

namespace SloPortal.Domain.Tests.Measurement.Comparing;

public sealed class ComparisonTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Counts of an hour; one in four has no data.</summary>
    private static readonly Gen<EventCounts> Counts = Gen.Select(Gen.Int[0, 3], Gen.Int[1, 500], Gen.Double[0, 1]).Select((gap, total, share) => gap == 0 ? EventCounts.None : new EventCounts(Math.Floor(total * share), total));

    private static readonly Gen<List<ComparedHour>> Hours = Gen.Select(Counts, Counts).List[1, 60].Select(all => all.Select((h, i) => new ComparedHour(Start.AddHours(i), h.Item1, h.Item2)).ToList());

    [Fact]
    public void Bias_AnyHours_IsTheMeanDifferenceOverTheEventsOfTheFirst() => Hours.Sample(hours =>
    {
        var shared = hours.Where(h => h.First.Total > 0 && h.Second.Total > 0).ToList();
        var bias = Comparison.BiasOf(hours);
        if (shared.Count == 0)
            return bias is null;
        // Each event of the first says how much better its hour was there.
        var events = shared.SelectMany(h => Enumerable.Repeat(h.First.Good / h.First.Total - h.Second.Good / h.Second.Total, (int)h.First.Total));
        return Math.Abs(bias!.Value - events.Average()) < 1e-9;
    });

    [Fact]
    public void AgreementTable_AnyHours_PutsEachHourWithDataOfBothInOneOfFourPlaces() => Gen.Select(Hours, Gen.Double[0.01, 1]).Sample((hours, badBelow) =>
    {
        var (both, first, second, good) = (0, 0, 0, 0);
        foreach (var hour in hours)
        {
            if (hour.First.Total == 0 || hour.Second.Total == 0)
                continue;
            var (a, b) = (hour.First.Good / hour.First.Total < badBelow, hour.Second.Good / hour.Second.Total < badBelow);
            if (a && b)
                both++;
            else if (a)
                first++;
            else if (b)
                second++;
            else
                good++;
        }

        return AgreementTable.Of(hours, badBelow) == new AgreementTable(both, first, second, good);
    });

    [Fact]
    public void ShareInterval_AnyShare_ContainsItAndNarrowsWithEvents() => Gen.Select(Gen.Double[0, 1], Gen.Double[1, 1e6]).Sample((share, events) =>
    {
        var interval = ShareInterval.Of(share, events);
        return interval.Low <= share + 1e-12 && interval.High >= share - 1e-12 && interval is { Low: >= 0, High: <= 1 } && ShareInterval.Of(share, events * 2).HalfWidth < interval.HalfWidth;
    });

    /// <summary>The table of Brown, Cai and DasGupta (2001) has 0.722 to 1 for ten good of ten.</summary>
    [Fact]
    public void ShareInterval_TenGoodOfTen_IsTheKnownOne()
    {
        var interval = ShareInterval.Of(1, 10);

        Assert.Equal(0.7225, interval.Low, 4);
        Assert.Equal(1, interval.High, 12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(-11)]
    [InlineData(15)]
    public void Lag_ASeriesShifted_IsTheShift(int shift)
    {
        var random = new Random(7);
        var bad = Enumerable.Range(0, 600).Select(_ => random.Next(12) == 0).ToArray();
        var lag = Lag.Of(Minutes(bad), Minutes([.. Enumerable.Range(0, 600).Select(i => i - shift is >= 0 and < 600 && bad[i - shift])]), 0.99);

        Assert.Equal(shift, lag.Minutes);
        Assert.True(lag.Correlation > 0.9);
    }

    [Fact]
    public void Lag_FewBadMinutesOrUnrelatedOnes_IsUndetermined()
    {
        var (one, other) = (new Random(1), new Random(2));
        var few = Enumerable.Range(0, 600).Select(i => i < Lag.LeastBadMinutes - 1).ToArray();

        Assert.Null(Lag.Of(Minutes(few), Minutes(few), 0.99).Minutes);
        Assert.Null(Lag.Of(Minutes([.. few.Select(_ => one.Next(10) == 0)]), Minutes([.. few.Select(_ => other.Next(10) == 0)]), 0.99).Minutes);
    }

    [Fact]
    public void Of_GapsAndMissedHours_AreToldForEachSide()
    {
        // Hours: both good, only the second has data, only the second bad, only the first has data.
        var first = Over([new(100, 100), EventCounts.None, new(100, 100), new(100, 100)]);
        var second = Over([new(100, 100), new(10, 10), new(80, 100), EventCounts.None]);

        var told = Comparison.Of(first, second, 0.99);

        Assert.Equal((1, 1, 3), (told.First.GapHours, told.First.MissedHours, told.First.HoursWithData));
        Assert.Equal((1, 0, 3), (told.Second.GapHours, told.Second.MissedHours, told.Second.HoursWithData));
        Assert.Equal(0.2, told.LargestDifference!.Value, 12);
    }

    [Theory]
    [InlineData(100_000, 60, 0, 0, Trusted.First)]
    [InlineData(60, 50, 0, 0, Trusted.Neither)]
    [InlineData(100_000, 90_000, 3, 1, Trusted.Second)]
    [InlineData(100_000, 90_000, 1, 1, Trusted.First)]
    public void Trust_ByExactnessThenGaps_FollowsTheRule(double firstEvents, double secondEvents, int firstGaps, int secondGaps, Trusted expected) =>
        Assert.Equal(expected, Trust.Of(Side(firstEvents, firstGaps), Side(secondEvents, secondGaps), 0.005));

    [Fact]
    public void Over_AnyOtherStretch_KeepsEachMinuteAndKnowsNothingBeyond() => Gen.Select(Gen.Int[0, 400], Gen.Int[1, 400]).Sample((from, length) =>
    {
        var minutes = MinuteCounts.FromBuckets(new(Start.AddMinutes(100), Start.AddMinutes(300)), [.. Enumerable.Range(0, 200).Select(i => new CountBucket(Start.AddMinutes(100 + i), new(i, i + 1)))]);
        var over = minutes.Over(new(Start.AddMinutes(from), Start.AddMinutes(from + length)));
        return Enumerable.Range(0, length).All(i => over.In(i, i + 1) == (from + i is >= 100 and < 300 ? new EventCounts(from + i - 100, from + i - 99) : EventCounts.None));
    });

    private static ComparedSide Side(double events, int gaps) => new(new(events, events), 1, events, ShareInterval.Of(1, events).HalfWidth, gaps, 0);

    private static MinuteCounts Minutes(bool[] bad) => MinuteCounts.FromBuckets(new(Start, Start.AddMinutes(bad.Length)), [.. bad.Select((b, i) => new CountBucket(Start.AddMinutes(i), new(b ? 50 : 100, 100)))]);

    private static MinuteCounts Over(EventCounts[] hours) =>
        MinuteCounts.FromBuckets(new(Start, Start.AddHours(hours.Length)), [.. hours.Select((counts, i) => new CountBucket(Start.AddHours(i).AddMinutes(7), counts)).Where(b => b.Counts.HasData)]);
}
