using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Negotiation;

namespace SloPortal.Domain.Tests.Objectives.Negotiation;

public sealed class TargetDemandTests
{
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_WindowThatMissed_TakesTheLargestFirstAndOfTheLastWhatIsNeeded()
    {
        // 99.9 % of 100,000 allows 100; 340 failed, so 240 are too many.
        var demand = TargetDemand.Of(new ObjectiveTarget(99.9m), [Bill(100_000, 340, (7, 180), (3, 90), (9, 20))]);

        Assert.Equal((1, 1, 240d, 0d), (demand.Windows, demand.Missed, demand.ToGo, demand.Unexplained));
        Assert.Equal([(7, 180d), (3, 60d)], demand.Parts);
        Assert.Equal(240d / 100_000 * 7 * 24 * 60, demand.MinutesToGo, 9);
    }

    [Fact]
    public void Of_LessExplainedThanMustGo_SaysWhatNothingExplains()
    {
        var demand = TargetDemand.Of(new ObjectiveTarget(99.9m), [Bill(100_000, 340, (7, 180))]);

        Assert.Equal([(7, 180d)], demand.Parts);
        Assert.Equal(60d, demand.Unexplained);
    }

    [Fact]
    public void Of_ExactlyTheBudget_DemandsNothing()
    {
        var demand = TargetDemand.Of(new ObjectiveTarget(99.9m), [Bill(1_000, 1, (7, 1)), Bill(0, 0)]);

        Assert.Equal((1, 0, 0d), (demand.Windows, demand.Missed, demand.ToGo));
        Assert.Empty(demand.Parts);
    }

    [Fact]
    public void Of_AnyWindows_AfterTheDemandTheTargetHolds()
    {
        var random = new Random(11);
        for (var round = 0; round < 500; round++)
        {
            var windows = Enumerable.Range(0, random.Next(1, 6)).Select(_ =>
            {
                var parts = Enumerable.Range(1, random.Next(0, 5)).Select(n => (n, (double)random.Next(0, 400))).ToArray();
                return Bill(random.Next(1, 200_000), parts.Sum(p => p.Item2) + random.Next(0, 100), parts);
            }).ToList();
            var target = new ObjectiveTarget(new[] { 99m, 99.5m, 99.9m, 99.95m, 99.99m }[random.Next(5)]);

            var demand = TargetDemand.Of(target, windows);

            var tooMany = windows.Sum(w => Math.Max(0, w.Bad - target.AllowedFailures(w.Total)));
            Assert.Equal(tooMany, demand.ToGo, 6);
            Assert.Equal(demand.ToGo, demand.Parts.Sum(p => p.Bad) + demand.Unexplained, 6);
            Assert.All(demand.Parts, p => Assert.InRange(p.Bad, 0, windows.Sum(w => w.Explained.GetValueOrDefault(p.Number))));
            Assert.Equal(demand.Parts.OrderByDescending(p => p.Bad).Select(p => p.Bad), demand.Parts.Select(p => p.Bad));
        }
    }

    [Theory]
    [InlineData(99.9, 99.99, "99.9 99.95 99.99")]
    [InlineData(99.7, 99.92, "99.7 99.9 99.92")]
    [InlineData(99.9, 99.5, "99.9 99.95")]
    [InlineData(95, 99, "95 99")]
    public void From_ProposedAndWanted_GoesByHalfNines(double proposed, double wanted, string expected) =>
        Assert.Equal(expected, string.Join(' ', TargetSteps.From((decimal)proposed, (decimal)wanted).Select(t => t.Percent.ToString(System.Globalization.CultureInfo.InvariantCulture))));

    [Fact]
    public void Windows_Rolling_LieSideBySideAndHoldTheWorst()
    {
        var history = new Interval(Start, Start.AddDays(40));
        var worst = new Interval(Start.AddDays(10).AddMinutes(7), Start.AddDays(17).AddMinutes(7));

        var windows = TargetSteps.Windows(new RollingWindow(7), history, worst);

        Assert.Contains(worst, windows);
        Assert.Equal(5, windows.Count);
        Assert.All(windows, w => Assert.True(w.Start >= history.Start && w.End <= history.End));
        Assert.All(windows.Zip(windows.Skip(1)), p => Assert.Equal(p.First.End, p.Second.Start));
    }

    [Fact]
    public void Windows_Calendar_AreTheCompletePeriods()
    {
        var windows = TargetSteps.Windows(new CalendarWindow(CalendarPeriod.Month, "UTC"), new Interval(Start.AddDays(-3), Start.AddDays(70)), new Interval(Start, Start.AddMonths(1)));

        Assert.Equal([new Interval(Start, Start.AddMonths(1)), new Interval(Start.AddMonths(1), Start.AddMonths(2))], windows);
    }

    [Fact]
    public void Spread_OfBothSides_IsBetweenTheLowestSupportedAndTheHighestWanted()
    {
        var spread = Spread.Of([(Side.Engineering, 99.7m), (Side.Engineering, 99.5m), (Side.Stakeholders, 99.9m), (Side.Stakeholders, 99m)]);

        Assert.Equal((99.5m, 99.9m, 0.4m), (spread.Supported, spread.Wanted, spread.Gap));
        Assert.Equal(0m, Spread.Of([(Side.Engineering, 99.9m), (Side.Stakeholders, 99m)]).Gap);
        Assert.Null(Spread.Of([(Side.Engineering, 99.9m)]).Gap);
    }

    private static WindowBill Bill(double total, double bad, params (int Number, double Bad)[] explained) =>
        new(new Interval(Start, Start.AddDays(7)), total, bad, explained.ToDictionary(e => e.Number, e => e.Bad));
}
