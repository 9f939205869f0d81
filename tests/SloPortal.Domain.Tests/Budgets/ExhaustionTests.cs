using CsCheck;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Budgets;

public class ExhaustionTests
{
    private static readonly DateTimeOffset Now = At.Utc("2026-04-11");
    private static readonly ObjectiveTarget ThreeNines = new(99.9m);
    private static readonly RollingWindow ThirtyDays = new(30);
    private static readonly CalendarWindow Month = new(CalendarPeriod.Month, "UTC");

    [Theory]
    [InlineData(0.0, 14.4, ExhaustionKind.Ahead, 50.0)]
    [InlineData(0.5, 36.0, ExhaustionKind.Ahead, 10.0)]
    [InlineData(0.5, 0.4, ExhaustionKind.Outlasts, null)]
    [InlineData(0.5, 0.6, ExhaustionKind.Ahead, 600.0)]
    [InlineData(0.0, 1.0, ExhaustionKind.Outlasts, null)]
    [InlineData(0.5, 0.0, ExhaustionKind.NotBurning, null)]
    [InlineData(1.0, 0.0, ExhaustionKind.Exhausted, null)]
    [InlineData(1.4, 3.0, ExhaustionKind.Exhausted, null)]
    [InlineData(0.5, null, ExhaustionKind.NoData, null)]
    public void Of_RollingBudget_ProjectsWhatIsLeft(double spent, double? burn, ExhaustionKind kind, double? hours)
    {
        var exhaustion = Exhaustion.Of(Rolling(spent), burn, Now);

        Assert.Equal(kind, exhaustion.Kind);
        Assert.Equal(hours ?? -1, exhaustion.In?.TotalHours ?? -1, 6);
        Assert.Equal(Now + exhaustion.In, exhaustion.At);
    }

    [Fact]
    public void Of_NoEvents_IsNoData() => Assert.Equal(
        ExhaustionKind.NoData, Exhaustion.Of(ErrorBudget.At(Now, EventCounts.None, ThreeNines, ThirtyDays), 3, Now).Kind);

    [Fact]
    public void Of_CalendarMonth_DoesNotLookPastItsEnd()
    {
        // Half the month's budget is left on the eleventh with twenty days to go: a burn of 0.75 reaches the end exactly.
        var budget = ErrorBudget.At(Now, EventCounts.OfBad(5000, 10_000_000.0 / 3), ThreeNines, Month);

        Assert.Equal(0.5, budget.LeftShare!.Value, 9);
        Assert.Equal(ExhaustionKind.Outlasts, Exhaustion.Of(budget, 0.74, Now).Kind);
        Assert.Equal(ExhaustionKind.Ahead, Exhaustion.Of(budget, 0.76, Now).Kind);
    }

    [Fact]
    public void Of_OldFailuresThatStayInTheWindow_IsTheMomentAtWhichASimulationRunsOut() =>
        Gen.Select(Gen.Double[0.05, 0.9], Gen.Double[1.5, 30]).Sample((spent, burn) =>
        {
            // One event a minute of weight one; all old failures in the last minute, so none leaves while we look.
            var exhaustion = Exhaustion.Of(Rolling(spent), burn, Now);
            var spentThen = spent;
            var minutes = 0;
            while (spentThen < 1)
            {
                spentThen += burn / ThirtyDays.PeriodAt(Now).TotalMinutes;
                minutes++;
            }

            Assert.Equal(minutes, exhaustion.In!.Value.TotalMinutes, 1.5);
        });

    [Theory]
    [InlineData(0.214, 0.5, BudgetStanding.Healthy, "Within budget: 78.6 % left.")]
    [InlineData(0.2, 1.25, BudgetStanding.Healthy, "Within budget: 80 % left, gone in 19 d 5 h at this burn.")]
    [InlineData(0.5, 4.7368, BudgetStanding.AtRisk, "Budget gone in 3 d 4 h at this burn.")]
    [InlineData(0.877, 0.0, BudgetStanding.AtRisk, "Little budget: 12.3 % left.")]
    [InlineData(1.0, 2.0, BudgetStanding.Exhausted, "The budget is used up.")]
    [InlineData(1.342, 2.0, BudgetStanding.Exhausted, "The budget is overspent by 34.2 %.")]
    public void Of_Budget_SaysHowThingsStand(double spent, double burn, BudgetStanding standing, string sentence)
    {
        var budget = Rolling(spent);

        Assert.Equal(new BudgetStatus(standing, sentence), BudgetStatus.Of(budget, Exhaustion.Of(budget, burn, Now)));
    }

    [Fact]
    public void Of_NoEvents_SaysThatNothingCanBeSaid()
    {
        var budget = ErrorBudget.At(Now, EventCounts.None, ThreeNines, ThirtyDays);

        var status = BudgetStatus.Of(budget, Exhaustion.Of(budget, null, Now));

        Assert.Equal(new BudgetStatus(BudgetStanding.NoData, "No events in the last 30 d, so nothing can be said."), status);
    }

    [Fact]
    public void Of_ConstantErrorRatio_BurnsAtErrorRatioOverAllowed() => Gen.Select(Gen.Int[1, 100_000], Gen.Int[50_0000, 99_9999]).Sample((bad, n) =>
    {
        var target = new ObjectiveTarget(n / 10_000m);

        Assert.Equal((double)(bad / 100_000m / (1m - target.Ratio)), BurnRate.Of(EventCounts.OfBad(bad, 100_000), target)!.Value, 1e-6);
    });

    [Fact]
    public void BurnRate_NoEvents_IsNull() => Assert.Null(BurnRate.Of(EventCounts.None, ThreeNines));

    private static ErrorBudget Rolling(double spent) =>
        ErrorBudget.At(Now, EventCounts.OfBad(Math.Round(spent * 100_000), 100_000_000), ThreeNines, ThirtyDays);
}
