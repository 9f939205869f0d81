using CsCheck;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Evidence;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Objectives.Evidence;

public class PastWindowsTests
{
    private static readonly DateTimeOffset Start = At.Utc("2026-01-01");
    private static readonly ObjectiveTarget TwoNines = new(99m);
    private static readonly RollingWindow SevenDays = new(7);

    [Fact]
    public void Judge_AnyHistory_EqualsANaiveRecountOfEveryWindow()
    {
        // Sparse minutes: most windows of a week differ by a few events only.
        var minutes = Gen.Select(Gen.Int[0, 10 * 24 * 60 - 1], Gen.Int[0, 20], Gen.Int[0, 2]).Array[1, 40];
        Gen.Select(minutes, Gen.Int[900, 999]).Sample((counted, tenths) =>
        {
            var target = new ObjectiveTarget(tenths / 10m);
            var buckets = counted.DistinctBy(m => m.Item1).OrderBy(m => m.Item1)
                .Select(m => new CountBucket(Start.AddMinutes(m.Item1), new EventCounts(m.Item2 - Math.Min(m.Item2, m.Item3), m.Item2))).ToList();
            var past = PastWindows.Of(MinuteCounts.FromBuckets(new Interval(Start, Start.AddDays(10)), buckets), SevenDays);
            var result = past.Judge(target);

            var naive = new List<double>();
            for (var end = Start.AddDays(7); end <= Start.AddDays(10); end = end.AddMinutes(1))
            {
                var window = Interval.EndingAt(end, TimeSpan.FromDays(7));
                if (buckets.Where(b => window.Contains(b.Start)).Aggregate(EventCounts.None, (sum, b) => sum + b.Counts).Ratio is { } attained)
                    naive.Add(attained);
            }

            Assert.Equal(naive.Count, result.Windows);
            Assert.Equal((3 * 24 * 60) + 1 - naive.Count, result.WindowsWithoutData);
            Assert.Equal(naive.Count(ratio => decimal.Round((decimal)ratio, 12) >= target.Ratio), result.Met);
            if (naive.Count == 0)
                return;
            Assert.Equal(naive.Min(), result.Worst!.Attained, 1e-12);
            Assert.Equal(naive.Max(), result.Best!.Attained, 1e-12);
            Assert.Equal(naive.Min(), past.Line(50).Min(w => w.Attained), 1e-12);
            foreach (var held in result.Held)
            {
                // Held in at least that part of the windows, and no stricter attained value is.
                Assert.True(naive.Count(r => r >= held.Attained - 1e-12) * 100L >= held.PercentOfWindows * (long)naive.Count);
                Assert.DoesNotContain(naive, r => r > held.Attained + 1e-12 && naive.Count(other => other >= r) * 100L >= held.PercentOfWindows * (long)naive.Count);
            }
        }, iter: 40);
    }

    [Fact]
    public void Judge_OneBadDay_CountsTheWindowsThatHoldIt()
    {
        // Twenty good days; on the tenth, two hours in which everything fails: one of 168 hours is 0.6 %, within 99 %; two are not.
        var past = Past(Hours(Enumerable.Range(0, 480).Select(hour => hour is 230 or 231 ? new EventCounts(0, 100) : new EventCounts(100, 100))));
        var result = past.Judge(TwoNines);

        Assert.Equal(((480 - 168) * 60) + 1, result.Windows);
        Assert.Equal(167 * 60, result.Windows - result.Met);
        Assert.Equal(2, result.Independent);
        Assert.Equal("8,701 of 18,721 past windows would have met the target (46.4 %). The history holds 2 windows that do not overlap.", result.Sentence);
        Assert.Equal(98.8m, result.Held[0].Percent);
        Assert.Equal(-0.190_476, result.Worst!.BudgetLeft(TwoNines), 1e-6);
    }

    [Fact]
    public void Judge_ExactlyTheAllowedFailures_MeetsTheTarget()
    {
        var result = Past(Hours(Enumerable.Repeat(new EventCounts(99, 100), 8 * 24))).Judge(TwoNines);

        Assert.Equal(1, result.MetShare);
        Assert.StartsWith("1,441 of 1,441 past windows would have met the target (100 %).", result.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_HistoryShorterThanTheWindow_SaysHowMuchIsMissing()
    {
        var result = Past(Hours(Enumerable.Repeat(new EventCounts(9, 10), 12 * 24)), new RollingWindow(30)).Judge(TwoNines);

        Assert.Null(result.MetShare);
        Assert.Equal("The history covers 12 d. A window of 30 days needs 18 d more before it can be replayed.", result.Sentence);
    }

    [Fact]
    public void Judge_CalendarMonths_TakesCompletePeriodsOnly()
    {
        var past = Past(Hours(Enumerable.Repeat(new EventCounts(10, 10), 100 * 24)), new CalendarWindow(CalendarPeriod.Month, "Europe/Berlin"));

        // The history starts an hour into January in Berlin and ends on the eleventh of April.
        Assert.Equal([At.Utc("2026-01-31 23:00"), At.Utc("2026-02-28 23:00")], past.Line(10).Select(window => window.Window.Start));
        Assert.Equal(2, past.Judge(TwoNines).Independent);
    }

    [Fact]
    public void Judge_NoEventsAtAll_IsNoDataAndNotMet()
    {
        var result = PastWindows.Of(MinuteCounts.FromBuckets(new Interval(Start, Start.AddDays(8)), []), SevenDays).Judge(TwoNines);

        Assert.Equal(0, result.Windows);
        Assert.Equal(1441, result.WindowsWithoutData);
        Assert.Equal("No events were seen in any past window, so nothing can be replayed.", result.Sentence);
    }

    [Fact]
    public void Longest_TwoOutagesWithASilentMinute_IsTheLongerOne()
    {
        // Failed shares of minutes; null is silence.
        double?[] shares = [0, 0.6, 0.9, 0, 0.2, 1, null, 0.5, 0, 0.4];
        var buckets = shares.Select((share, i) => (share, i)).Where(m => m.share is not null).Select(m => new CountBucket(Start.AddMinutes(m.i), EventCounts.OfBad(m.share!.Value * 10, 10))).ToList();
        var longest = Outage.Longest(MinuteCounts.FromBuckets(new Interval(Start, Start.AddMinutes(10)), buckets));

        Assert.Equal(new Interval(Start.AddMinutes(5), Start.AddMinutes(8)), longest!.When);
        Assert.Equal(15, longest.Counts.Bad);
        Assert.Null(Outage.Longest(MinuteCounts.FromBuckets(new Interval(Start, Start.AddMinutes(10)), [])));
    }

    [Fact]
    public void FromSums_RowsOfACutHistory_CountFromTheCut()
    {
        var covered = new Interval(Start, Start.AddMinutes(4));
        var counts = MinuteCounts.FromSums(covered, new EventCounts(90, 100), [1, 3], [95, 104], [106, 116]);

        Assert.Equal([EventCounts.None, new(5, 6), EventCounts.None, new(9, 10)], Enumerable.Range(0, 4).Select(i => counts.In(i, i + 1)));
        Assert.Throws<ArgumentException>(() => MinuteCounts.FromSums(covered, EventCounts.None, [3, 1], [1, 2], [1, 2]));
        Assert.Throws<ArgumentException>(() => MinuteCounts.FromSums(covered, EventCounts.None, [4], [1], [1]));
    }

    [Fact]
    public void Check_TenRequestsAnHour_WarnsThatOneFailureIsAnEighthOfTheBudget()
    {
        var finding = TargetFeasibility.OneFailureMustNotSpendTheBudget(new ObjectiveTarget(99.9m), new RollingWindow(30), "events", 240, Start);

        Assert.Equal(FeasibilityRule.OneFailureSpendsMuchOfTheBudget, finding!.Rule);
        Assert.Contains("allows 7 failures: one failure spends 13.9 % of the budget", finding.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20.0, FeasibilityRule.OneFailureSpendsTheBudget)]
    [InlineData(100_000.0, null)]
    [InlineData(null, null)]
    public void Check_Traffic_DecidesWhetherOneFailureMatters(double? eventsPerDay, FeasibilityRule? rule) =>
        Assert.Equal(rule, TargetFeasibility.OneFailureMustNotSpendTheBudget(new ObjectiveTarget(99.9m), new RollingWindow(30), "events", eventsPerDay, Start)?.Rule);

    [Fact]
    public void Check_TargetAboveTheHistory_NamesOneThatWouldHaveHeld()
    {
        var target = new ObjectiveTarget(99.9m);
        var replay = Past(Hours(Enumerable.Repeat(new EventCounts(995, 1000), 10 * 24))).Judge(target);

        var finding = Assert.Single(TargetFeasibility.Check(target, SevenDays, "events", 24_000, replay, Start));

        Assert.Equal("Only 0 of 4,321 past windows met 99.9 %. The best one attained 99.50 %. 99.5 % would have held in 90 % of them.", finding.Sentence);
    }

    private static List<CountBucket> Hours(IEnumerable<EventCounts> counts) =>
        [.. counts.Select((hour, index) => new CountBucket(Start.AddHours(index), hour))];

    private static PastWindows Past(List<CountBucket> hours, SloWindow? window = null) =>
        PastWindows.Of(MinuteCounts.FromBuckets(new Interval(hours[0].Start, hours[^1].Start.AddHours(1)), hours), window ?? SevenDays);
}
