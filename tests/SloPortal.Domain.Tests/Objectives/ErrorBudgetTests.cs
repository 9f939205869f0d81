using CsCheck;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Objectives;

public class ErrorBudgetTests
{
    private static readonly DateTimeOffset Now = At.Utc("2026-04-11");
    private static readonly ObjectiveTarget ThreeNines = new(99.9m);
    private static readonly RollingWindow ThirtyDays = new(30);

    private static readonly Gen<ObjectiveTarget> AnyTarget = Gen.Int[500_000, 999_999].Select(n => new ObjectiveTarget(n / 10_000m));

    [Fact]
    public void At_AMillionEvents_GivesBothReadings()
    {
        var budget = ErrorBudget.At(Now, EventCounts.OfBad(214, 1_000_000), ThreeNines, ThirtyDays);

        Assert.Equal(1000, budget.AllowedEvents);
        Assert.Equal(0.214, budget.SpentShare!.Value, 12);
        Assert.Equal(0.786, budget.LeftShare!.Value, 12);
        Assert.Equal(786, budget.LeftEvents);
        Assert.Equal(43.2, budget.BudgetMinutes, 12);
        Assert.Equal(33.9552, budget.LeftMinutes!.Value, 9);
        Assert.Equal(0.999786, budget.Attained!.Value, 12);
        Assert.True(budget.IsMetSoFar);
        Assert.False(budget.IsEstimate);
    }

    [Fact]
    public void At_NoEvents_IsNoDataInEveryFigureButTheMinutes()
    {
        var budget = ErrorBudget.At(Now, EventCounts.None, ThreeNines, ThirtyDays);

        Assert.False(budget.HasData);
        Assert.Null(budget.Attained);
        Assert.Null(budget.SpentShare);
        Assert.Null(budget.LeftShare);
        Assert.Null(budget.LeftEvents);
        Assert.Null(budget.LeftMinutes);
        Assert.Null(budget.IsMetSoFar);
        Assert.False(budget.IsExhausted);
        Assert.Equal(43.2, budget.BudgetMinutes, 12);
    }

    [Fact]
    public void At_ExactlyAllAllowedFailures_MeetsTheTargetWithNothingLeft()
    {
        var budget = ErrorBudget.At(Now, EventCounts.OfBad(7, 7000), ThreeNines, ThirtyDays);

        Assert.Equal(0, budget.LeftShare);
        Assert.True(budget.IsExhausted);
        Assert.True(budget.IsMetSoFar);
    }

    [Fact]
    public void At_AnyIntegerCounts_EqualsANaiveCountOfEventsInExactArithmetic() =>
        Gen.Select(AnyTarget, Gen.Int[1, 2_000_000], Gen.Double[0, 1]).Sample((target, total, share) =>
        {
            var bad = (int)(total * share * share * share);
            var budget = ErrorBudget.At(Now, new EventCounts(total - bad, total), target, ThirtyDays);

            var allowed = total - (total * target.Percent / 100m);
            var left = 1m - (bad / allowed);
            Assert.Equal((double)allowed, budget.AllowedEvents!.Value, 1e-9 * total);
            Assert.Equal((double)left, budget.LeftShare!.Value, 1e-9 * Math.Max(1, Math.Abs((double)left)));
            Assert.Equal((double)(allowed - bad), budget.LeftEvents!.Value, 1e-9 * total);
            Assert.Equal((double)left * 43_200 * (double)(100m - target.Percent) / 100, budget.LeftMinutes!.Value, 1e-6);
            Assert.Equal(bad <= allowed, budget.IsMetSoFar);
        }, iter: 5000);

    [Fact]
    public void At_CalendarMonth_BudgetsTheWholeMonthAtTheTrafficSoFar()
    {
        // Ten of thirty days have passed: 2,000 events so far, so 6,000 are expected and six failures allowed.
        var month = new CalendarWindow(CalendarPeriod.Month, "UTC");

        var budget = ErrorBudget.At(Now, EventCounts.OfBad(3, 2000), ThreeNines, month);

        Assert.True(budget.IsEstimate);
        Assert.Equal(6, budget.AllowedEvents!.Value, 12);
        Assert.Equal(0.5, budget.LeftShare!.Value, 12);
        Assert.Equal(2, budget.AllowedSoFar);
        Assert.False(budget.IsMetSoFar);
        Assert.Equal(43.2, budget.BudgetMinutes, 12);
        Assert.Equal(21.6, budget.LeftMinutes!.Value, 9);
    }

    [Fact]
    public void At_CalendarFebruary_HasFewerMinutesThan30Days()
    {
        var month = new CalendarWindow(CalendarPeriod.Month, "UTC");

        Assert.Equal(40.32, ErrorBudget.At(At.Utc("2026-02-10"), EventCounts.None, ThreeNines, month).BudgetMinutes, 12);
    }

    [Fact]
    public void At_FirstInstantOfACalendarMonth_IsNoData()
    {
        var month = new CalendarWindow(CalendarPeriod.Month, "UTC");

        Assert.False(ErrorBudget.At(At.Utc("2026-04-01"), new EventCounts(5, 5), ThreeNines, month).HasData);
    }

    [Fact]
    public void At_SameOutageOnAnyDayOfTheMonth_SpendsTheSameBudget()
    {
        // Even traffic of one event a second and ten bad minutes, seen from every day of the month.
        var month = new CalendarWindow(CalendarPeriod.Month, "Europe/Berlin");
        var period = month.FullPeriodAt(Now);

        for (var at = period.Start.AddDays(1); at < period.End; at = at.AddDays(1))
        {
            var total = (at - period.Start).TotalSeconds;
            var spent = ErrorBudget.At(at, EventCounts.OfBad(600, total), ThreeNines, month).SpentShare!.Value;

            Assert.Equal(10 / 43.2, spent, 9);
        }
    }
}
