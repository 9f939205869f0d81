using System.Globalization;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Domain.Budgets;

/// <summary>
/// A multi-window burn condition as data: it fires when the burn over both windows is above the factor. The long window
/// says that enough budget went, the short one that it still goes, which is what resets the alert (Google SRE Workbook,
/// chapter 5, “Multiwindow, multi-burn-rate alerts”).
/// </summary>
/// <param name="Severity">Page or ticket.</param>
/// <param name="LongWindow">Over which the budget is spent.</param>
/// <param name="ShortWindow">A twelfth of the long window in the source.</param>
/// <param name="BudgetSpentPercent">Share of the budget, in percent, that is gone when a constant burn makes it fire.</param>
/// <param name="MinimumEvents">Events that the long window must hold, so that one failed request at night wakes nobody.</param>
public sealed record AlertRule(
    AlertSeverity Severity,
    TimeSpan LongWindow,
    TimeSpan ShortWindow,
    decimal BudgetSpentPercent,
    double MinimumEvents = AlertRule.DefaultMinimumEvents)
{
    /// <summary>Product policy, to be raised per objective.</summary>
    public const double DefaultMinimumEvents = 10;

    /// <summary>
    /// A rule below this burn is left out: at a burn below 1 the budget outlasts its window. The formula gives 0.933 for
    /// the slowest rule at 28 days, which is meant as “about 1”, so the line is drawn a little lower. Product policy.
    /// </summary>
    public const decimal LowestFactor = 0.9m;

    /// <summary>Burn rate above which it fires: budget % × period ÷ long window (as Sloth computes it).</summary>
    /// <param name="period">The whole period of the budget: 30 days, or the length of the present calendar period.</param>
    public decimal Factor(TimeSpan period) => BudgetSpentPercent * period.Ticks / (100m * LongWindow.Ticks);

    /// <summary>Error ratio (0 to 1) above which it fires: factor × (1 − target).</summary>
    public decimal ErrorRatioThreshold(ObjectiveTarget target, TimeSpan period) => Factor(period) * target.AllowedFailureShare;

    /// <summary>A full outage can make it fire: factor × (1 − target) &lt; 1.</summary>
    public bool CanFire(ObjectiveTarget target, TimeSpan period) => ErrorRatioThreshold(target, period) < 1m;

    /// <summary>
    /// Time from the start of a failure to the alert, when all was well before and traffic is even:
    /// (1 − target) ÷ error ratio × long window × factor. Null when it does not fire at this error ratio.
    /// </summary>
    /// <param name="errorRatio">Share of events that fail, 0 to 1; 1 is a full outage.</param>
    public TimeSpan? DetectionTime(ObjectiveTarget target, decimal errorRatio, TimeSpan period)
    {
        var threshold = ErrorRatioThreshold(target, period);
        return errorRatio > threshold ? TimeSpan.FromTicks((long)(LongWindow.Ticks * threshold / errorRatio)) : null;
    }

    /// <summary>Says in a sentence why this is not a rule at all, whatever the objective; null when it is one.</summary>
    public string? RefusalForRule() => this switch
    {
        { ShortWindow.Ticks: <= 0 } => "The short window must be longer than nothing.",
        _ when ShortWindow.Ticks % TimeSpan.TicksPerMinute != 0 || LongWindow.Ticks % TimeSpan.TicksPerMinute != 0 =>
            "Windows are whole minutes, because counts are kept by the minute.",
        _ when ShortWindow >= LongWindow => "The short window must be shorter than the long one.",
        { BudgetSpentPercent: <= 0 or > 100 } => "The budget spent must be above 0 % and at most 100 %.",
        { MinimumEvents: < 0 or double.NaN } => "The minimum of events cannot be negative.",
        _ => null,
    };

    /// <summary>Says in a sentence why the rule makes no sense for an objective; null when it does.</summary>
    /// <param name="period">The whole period of the budget.</param>
    public string? RefusalFor(ObjectiveTarget target, TimeSpan period)
    {
        if (RefusalForRule() is { } refusal)
        {
            return refusal;
        }

        if (LongWindow > period)
        {
            return $"The rule looks at {HumanDuration.Text(LongWindow)}, longer than the {HumanDuration.Text(period)} of the objective.";
        }

        var factor = Factor(period);
        if (factor < LowestFactor)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Over {HumanDuration.Text(period)} the {Name} rule would fire at a burn of {factor:0.##}, which spends less than the budget by the end of the window.");
        }

        return CanFire(target, period) ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"The {Name} rule can never fire: it needs a burn above {factor:0.##}, and at a target of {target} a full outage burns only {BurnRate.Highest(target):0.##}. It needs a target above {LowestTargetPercent(factor):0.##} %.");
    }

    /// <summary>"1 h / 5 min page".</summary>
    public string Name => $"{WindowText(LongWindow)} / {WindowText(ShortWindow)} {(Severity == AlertSeverity.Page ? "page" : "ticket")}";

    // Whole hours up to a day read better undivided: "24 h", as the source has it.
    private static string WindowText(TimeSpan window) =>
        window == TimeSpan.FromHours(24) ? "24 h" : HumanDuration.Text(window);

    /// <summary>The target at which a full outage burns exactly <paramref name="factor"/>, rounded up so that the sentence is true.</summary>
    private static decimal LowestTargetPercent(decimal factor) => decimal.Ceiling((1m - (1m / factor)) * 10000m) / 100m;
}
