using CsCheck;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Objectives;

public class ObjectiveReplayTests
{
    private static readonly DateTimeOffset Start = At.Utc("2026-01-01");
    private static readonly ObjectiveTarget TwoNines = new(99m);
    private static readonly RollingWindow SevenDays = new(7);

    [Fact]
    public void Run_AnyHistory_EqualsANaiveRecountOfEveryWindow()
    {
        var hours = Gen.Select(Gen.Int[0, 20], Gen.Int[0, 2]).Array[7 * 24, 10 * 24];
        Gen.Select(hours, Gen.Int[900, 999]).Sample((counts, tenths) =>
        {
            var target = new ObjectiveTarget(tenths / 10m);
            var buckets = Hours(counts.Select(hour => new EventCounts(hour.Item1 - Math.Min(hour.Item1, hour.Item2), hour.Item1)));
            var result = ObjectiveReplay.Run(RunningCounts.FromBuckets(buckets), Covered(buckets), SevenDays, target);

            var naive = new List<double>();
            for (var end = 7 * 24; end <= buckets.Count; end++)
            {
                var seen = buckets.Skip(end - (7 * 24)).Take(7 * 24).Aggregate(EventCounts.None, (sum, b) => sum + b.Counts);
                naive.Add(seen.Ratio!.Value);
            }

            Assert.Equal(naive, result.Windows.Select(window => window.Attained));
            Assert.Equal(naive.Count(ratio => (decimal)ratio >= target.Ratio), result.Met);
            Assert.Equal(naive.Min(), result.Worst!.Attained);
            Assert.Equal(naive.Max(), result.Best!.Attained);
            foreach (var held in result.Held)
            {
                // Held in at least that part of the windows, and no stricter attained value is.
                Assert.True(naive.Count(r => r >= held.Attained) * 100 >= held.PercentOfWindows * naive.Count);
                Assert.DoesNotContain(naive, r => r > held.Attained && naive.Count(other => other >= r) * 100 >= held.PercentOfWindows * naive.Count);
            }
        }, iter: 60);
    }

    [Fact]
    public void Run_OneBadDay_CountsTheWindowsThatHoldIt()
    {
        // Twenty good days; on the tenth, an hour in which everything fails: 1 of 168 hours is 0.6 %, within 99 %;
        // two such hours are not.
        var buckets = Hours(Enumerable.Range(0, 480).Select(hour => hour is 230 or 231 ? new EventCounts(0, 100) : new EventCounts(100, 100)));

        var result = ObjectiveReplay.Run(RunningCounts.FromBuckets(buckets), Covered(buckets), SevenDays, TwoNines);

        Assert.Equal(480 - 168 + 1, result.Windows.Count);
        Assert.Equal(167, result.Windows.Count - result.Met);
        Assert.Equal(2, result.Independent);
        Assert.Equal("146 of 313 past windows would have met the target (46.6 %). The history holds 2 windows that do not overlap.", result.Sentence);
        Assert.Equal(98.8m, result.Held[0].Percent);
    }

    [Fact]
    public void Run_ExactlyTheAllowedFailures_MeetsTheTarget()
    {
        var buckets = Hours(Enumerable.Repeat(new EventCounts(99, 100), 8 * 24));

        var result = ObjectiveReplay.Run(RunningCounts.FromBuckets(buckets), Covered(buckets), SevenDays, TwoNines);

        Assert.Equal(1, result.MetShare);
        Assert.StartsWith("25 of 25 past windows would have met the target (100 %).", result.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_HistoryShorterThanTheWindow_SaysHowMuchIsMissing()
    {
        var buckets = Hours(Enumerable.Repeat(new EventCounts(9, 10), 12 * 24));

        var result = ObjectiveReplay.Run(RunningCounts.FromBuckets(buckets), Covered(buckets), new RollingWindow(30), TwoNines);

        Assert.Null(result.MetShare);
        Assert.Equal("The history covers 12 d. A window of 30 days needs 18 d more before it can be replayed.", result.Sentence);
    }

    [Fact]
    public void Run_CalendarMonths_TakesCompletePeriodsOnly()
    {
        var buckets = Hours(Enumerable.Repeat(new EventCounts(10, 10), 100 * 24));

        var result = ObjectiveReplay.Run(
            RunningCounts.FromBuckets(buckets), Covered(buckets), new CalendarWindow(CalendarPeriod.Month, "Europe/Berlin"), TwoNines);

        // The history starts an hour into January in Berlin and ends on the eleventh of April.
        Assert.Equal([At.Utc("2026-01-31 23:00"), At.Utc("2026-02-28 23:00")], result.Windows.Select(window => window.Window.Start));
        Assert.Equal(2, result.Independent);
    }

    [Fact]
    public void Run_NoEventsAtAll_IsNoDataAndNotMet()
    {
        var result = ObjectiveReplay.Run(RunningCounts.FromBuckets([]), new Interval(Start, Start.AddDays(8)), SevenDays, TwoNines);

        Assert.Empty(result.Windows);
        Assert.Equal(25, result.WindowsWithoutData);
        Assert.Equal("No events were seen in any past window, so nothing can be replayed.", result.Sentence);
    }

    [Fact]
    public void Check_TenRequestsAnHour_WarnsThatOneFailureIsAnEighthOfTheBudget()
    {
        var finding = TargetFeasibility.OneFailureMustNotSpendTheBudget(new ObjectiveTarget(99.9m), new RollingWindow(30), 240, Start);

        Assert.Equal(FeasibilityRule.OneFailureSpendsMuchOfTheBudget, finding!.Rule);
        Assert.Contains("allows 7 failures: one failure spends 13.9 % of the budget", finding.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20.0, FeasibilityRule.OneFailureSpendsTheBudget)]
    [InlineData(100_000.0, null)]
    [InlineData(null, null)]
    public void Check_Traffic_DecidesWhetherOneFailureMatters(double? eventsPerDay, FeasibilityRule? rule) =>
        Assert.Equal(rule, TargetFeasibility.OneFailureMustNotSpendTheBudget(new ObjectiveTarget(99.9m), new RollingWindow(30), eventsPerDay, Start)?.Rule);

    [Fact]
    public void Check_TargetAboveTheHistory_NamesOneThatWouldHaveHeld()
    {
        var buckets = Hours(Enumerable.Repeat(new EventCounts(995, 1000), 10 * 24));
        var target = new ObjectiveTarget(99.9m);
        var replay = ObjectiveReplay.Run(RunningCounts.FromBuckets(buckets), Covered(buckets), SevenDays, target);

        var finding = Assert.Single(TargetFeasibility.Check(target, SevenDays, 24_000, replay, Start));

        Assert.Equal("Only 0 of 73 past windows met 99.9 %. The best one attained 99.50 %. 99.5 % would have held in 90 % of them.", finding.Sentence);
    }

    private static List<CountBucket> Hours(IEnumerable<EventCounts> counts) =>
        [.. counts.Select((hour, index) => new CountBucket(Start.AddHours(index), hour))];

    private static Interval Covered(List<CountBucket> buckets) => new(buckets[0].Start, buckets[^1].Start.AddHours(1));
}
