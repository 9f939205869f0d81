using CsCheck;
using SloPortal.Domain.Common;
using SloPortal.Domain.Governance;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Governance;

public sealed class ContractPeriodTests
{
    private static readonly CalendarWindow BerlinMonth = new(CalendarPeriod.Month, "Europe/Berlin");
    private static readonly ObjectiveTarget Promised = new(99.9m);
    private static readonly CreditTier[] Tiers = [new(99.9m, 10m), new(99m, 25m), new(95m, 100m)];

    [Theory]
    [InlineData(1.0, 0)]
    [InlineData(0.999, 0)]
    [InlineData(0.9989999, 10)]
    [InlineData(0.99, 10)]
    [InlineData(0.98, 25)]
    [InlineData(0.5, 100)]
    public void Due_Attained_IsTheLowestTierReached(double attained, double percent) => Assert.Equal((decimal)percent, CreditTiers.Due(Tiers, attained));

    [Fact]
    public void Due_NoData_IsNothing() => Assert.Equal(0m, CreditTiers.Due(Tiers, null));

    [Theory]
    [InlineData(99.95, 10, 99, 25, "No tier lies above the target")]
    [InlineData(99.9, 10, 99, 10, "must be higher")]
    [InlineData(99.9, 10, 99.9, 25, "Two tiers begin")]
    [InlineData(99.9, 110, 99, 25, "at most 100 %")]
    [InlineData(99.9, 10, 99, 25, null)]
    public void RefusalFor_Tiers_SaysWhatIsWrong(double below1, double credit1, double below2, double credit2, string? says)
    {
        var refusal = CreditTiers.RefusalFor([new((decimal)below1, (decimal)credit1), new((decimal)below2, (decimal)credit2)], Promised);

        if (says is null)
            Assert.Null(refusal);
        else
            Assert.Contains(says, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Divide_AnyExclusions_PartsTheStretchWithoutOverlap()
    {
        var seen = new Interval(At.Utc("2026-03-01"), At.Utc("2026-03-02"));
        Gen.Select(Gen.Int[-300, 1700], Gen.Int[1, 400]).Array[0, 8].Sample(exclusions =>
        {
            var given = exclusions.Select(e => new Interval(seen.Start.AddMinutes(e.Item1), seen.Start.AddMinutes(e.Item1 + e.Item2))).ToList();
            var (counted, leftOut) = ContractPeriod.Divide(seen, given);
            var all = counted.Concat(leftOut).OrderBy(i => i.Start).ToList();
            Assert.Equal(seen.Minutes, all.Sum(i => i.Minutes));
            Assert.All(all.Zip(all.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
            for (var minute = seen.Start; minute < seen.End; minute = minute.AddMinutes(7))
                Assert.Equal(given.Any(g => g.Contains(minute)), leftOut.Any(g => g.Contains(minute)));
        });
    }

    [Fact]
    public void Begun_TermWithinMonths_IsCutToTheTerm()
    {
        var term = BerlinMonth.Days(new(2026, 1, 15), new(2026, 3, 10));

        var periods = ContractPeriod.Begun(BerlinMonth, term, At.Utc("2026-06-01"), 24);

        Assert.Equal(
            [new(At.Utc("2026-02-28 23:00"), At.Utc("2026-03-10 23:00")), new(At.Utc("2026-01-31 23:00"), At.Utc("2026-02-28 23:00")), new Interval(At.Utc("2026-01-14 23:00"), At.Utc("2026-01-31 23:00"))],
            periods);
        Assert.Empty(ContractPeriod.Begun(BerlinMonth, term, At.Utc("2026-01-01"), 24));
        Assert.Single(ContractPeriod.Begun(BerlinMonth, term, At.Utc("2026-01-14 23:00"), 24));
    }

    [Fact]
    public void AtBest_HalfOfThePeriod_SpreadsTheFailuresOverAllOfIt()
    {
        var when = new Interval(At.Utc("2026-06-01"), At.Utc("2026-07-01"));
        var period = new ContractPeriod(when, new Interval(when.Start, At.Utc("2026-06-16")), new EventCounts(990, 1000), EventCounts.None);

        Assert.True(period.IsRunning);
        Assert.Equal(0.99, period.Attained!.Value, 12);
        Assert.Equal(0.995, period.AtBest!.Value, 12);
    }
}
