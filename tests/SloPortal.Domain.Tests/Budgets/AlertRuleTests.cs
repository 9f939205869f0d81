using System.Globalization;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Evidence;
using SloPortal.Domain.Tests.Common;

namespace SloPortal.Domain.Tests.Budgets;

public class AlertRuleTests
{
    private static readonly DateTimeOffset Now = At.Utc("2026-04-11");
    private static readonly ObjectiveTarget ThreeNines = new(99.9m);
    private static readonly TimeSpan ThirtyDays = TimeSpan.FromDays(30);

    [Theory]
    [InlineData(30, "14.4", "6", "3", "1")]
    [InlineData(28, "13.44", "5.6", "2.8", "0.9333")]
    [InlineData(7, "3.36", "1.4", "0.7", "0.2333")]
    [InlineData(90, "43.2", "18", "9", "3")]
    [InlineData(31, "14.88", "6.2", "3.1", "1.0333")]
    public void Factor_PeriodInDays_IsBudgetShareTimesPeriodOverLongWindow(int days, params string[] factors) =>
        Assert.Equal(
            factors.Select(factor => decimal.Parse(factor, CultureInfo.InvariantCulture)),
            AlertPolicy.Workbook.Rules.Select(rule => decimal.Round(rule.Factor(TimeSpan.FromDays(days)), 4)));

    [Fact]
    public void Factor_ThirtyDays_IsExact() =>
        Assert.Equal([14.4m, 6m, 3m, 1m], AlertPolicy.Workbook.Rules.Select(rule => rule.Factor(ThirtyDays)));

    [Theory]
    [InlineData(0, "52 s", 51.84)]
    [InlineData(1, "2 min 10 s", 129.6)]
    [InlineData(2, "4 min 19 s", 259.2)]
    [InlineData(3, "4 min 19 s", 259.2)]
    public void DetectionTime_FullOutageAtThreeNines_IsThatOfTheWorkbook(int rule, string text, double seconds)
    {
        var time = AlertPolicy.Workbook.Rules[rule].DetectionTime(ThreeNines, 1m, ThirtyDays)!.Value;

        Assert.Equal(seconds, time.TotalSeconds);
        Assert.Equal(text, HumanDuration.Text(time));
    }

    [Fact]
    public void DetectionTime_ErrorRatioAtTheThreshold_IsNever()
    {
        var rule = AlertPolicy.Workbook.Rules[0];

        Assert.Null(rule.DetectionTime(ThreeNines, 0.0144m, ThirtyDays));
        Assert.Equal(TimeSpan.FromMinutes(30), rule.DetectionTime(ThreeNines, 0.0288m, ThirtyDays));
    }

    [Fact]
    public void TimeToSpendAll_FullOutageAtFiveNines_IsTwentySixSeconds()
    {
        var burn = (double)BurnRate.Highest(new ObjectiveTarget(99.999m));

        Assert.Equal(25.92, BurnRate.TimeToSpendAll(burn, ThirtyDays).TotalSeconds, 6);
        Assert.Equal(20.0, BurnRate.TimeToSpendAll(36, ThirtyDays).TotalHours, 9);
    }

    [Theory]
    [InlineData("93.05", false)]
    [InlineData("93.06", true)]
    [InlineData("99.9", true)]
    public void CanFire_FirstPage_NeedsATargetAbove93_06(string target, bool can) => Assert.Equal(
        can, AlertPolicy.Workbook.Rules[0].CanFire(new ObjectiveTarget(decimal.Parse(target, CultureInfo.InvariantCulture)), ThirtyDays));

    [Fact]
    public void For_NinetyPercent_LeavesOutThePageThatCannotFireAndSaysWhy()
    {
        var applicable = AlertPolicy.Workbook.For(new ObjectiveTarget(90m), new RollingWindow(30), Now);

        var excluded = Assert.Single(applicable.Excluded);
        Assert.Equal(3, applicable.Rules.Count);
        Assert.Equal(
            "The 1 h / 5 min page rule can never fire: it needs a burn above 14.4, and at a target of 90 % a full outage burns only 10. It needs a target above 93.06 %.",
            excluded.Reason);
    }

    [Fact]
    public void For_SevenDays_LeavesOutTheRulesThatASustainableBurnWouldFire()
    {
        var applicable = AlertPolicy.Workbook.For(ThreeNines, new RollingWindow(7), Now);

        Assert.All(applicable.Rules, rule => Assert.Equal(AlertSeverity.Page, rule.Severity));
        Assert.Equal(2, applicable.Rules.Count);
        Assert.Contains("spends less than the budget", applicable.Excluded[1].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rolling 28d")]
    [InlineData("rolling 30d")]
    [InlineData("rolling 90d")]
    [InlineData("calendar month Europe/Berlin")]
    [InlineData("calendar quarter UTC")]
    public void For_LongerWindows_KeepsTheWholeTable(string window)
    {
        var february = At.Utc("2026-02-10");

        Assert.Empty(AlertPolicy.Workbook.For(ThreeNines, SloWindow.Parse(window), february).Excluded);
    }

    [Theory]
    [InlineData(8 * 24 * 60, 60, "longer than the 7 d")]
    [InlineData(60, 60, "short window must be shorter")]
    [InlineData(60, 0, "short window must be longer")]
    public void RefusalFor_OddWindows_SaysWhy(int longMinutes, int shortMinutes, string says)
    {
        var rule = new AlertRule(AlertSeverity.Page, TimeSpan.FromMinutes(longMinutes), TimeSpan.FromMinutes(shortMinutes), 50m);

        Assert.Contains(says, rule.RefusalFor(ThreeNines, TimeSpan.FromDays(7)), StringComparison.Ordinal);
    }

    [Fact]
    public void CheckAgainst_ExcludedRules_TellsApartWhatCannotFireAndWhatDoesNotFit()
    {
        Assert.Equal(
            [FeasibilityRule.AlertCanNeverFire],
            AlertPolicy.Workbook.CheckAgainst(new ObjectiveTarget(90m), new RollingWindow(30), Now).Select(finding => finding.Rule));
        Assert.Equal(
            [FeasibilityRule.AlertRuleDoesNotFit, FeasibilityRule.AlertRuleDoesNotFit],
            AlertPolicy.Workbook.CheckAgainst(ThreeNines, new RollingWindow(7), Now).Select(finding => finding.Rule));
    }
}
