using SloPortal.Domain.Common;

namespace SloPortal.Domain.Objectives;

/// <summary>
/// The error budget of an objective at an instant, from the counts of its window.
/// <para>
/// Rolling window: allowed = (1 − target) × total events in the window, spent = failed ÷ allowed (Google SRE Workbook,
/// chapter 5).
/// </para>
/// <para>
/// Calendar window: the budget is that of the whole period. How many events the period will have is not known before its
/// end, so the traffic so far is carried on at the same rate: allowed = (1 − target) × total ÷ elapsed share. Ten bad
/// minutes on the first of a month then spend the same part of the month's budget as on the thirtieth. The figure is
/// marked by <see cref="IsEstimate"/>; at the end of the period it is exact. <see cref="Attained"/>,
/// <see cref="IsMetSoFar"/> and <see cref="AllowedSoFar"/> always look only at what has happened.
/// </para>
/// </summary>
public sealed record ErrorBudget
{
    private ErrorBudget(EventCounts counts, ObjectiveTarget target, Interval window, Interval period)
    {
        Counts = counts;
        Target = target;
        Window = window;
        Period = period;
    }

    public EventCounts Counts { get; }

    public ObjectiveTarget Target { get; }

    /// <summary>What has been seen.</summary>
    public Interval Window { get; }

    /// <summary>What the budget is for.</summary>
    public Interval Period { get; }

    public bool HasData => Counts.HasData && !Window.IsEmpty;

    /// <summary>True while the traffic of a calendar period is still being carried forward.</summary>
    public bool IsEstimate => Window != Period;

    /// <summary>Share of good events in the window, 0 to 1; null without data.</summary>
    public double? Attained => HasData ? Counts.Ratio : null;

    /// <summary>Failures allowed among the events seen so far; null without data.</summary>
    public double? AllowedSoFar => HasData ? Target.AllowedFailures(Counts.Total) : null;

    /// <summary>Failures allowed over the whole period; null without data.</summary>
    public double? AllowedEvents => HasData ? Target.AllowedFailures(Counts.Total * (Period.Length / Window.Length)) : null;

    /// <summary>Share of the budget that is spent: 0 is untouched, 1 is gone, above 1 is overspent; null without data.</summary>
    public double? SpentShare => HasData ? Counts.Bad / AllowedEvents : null;

    /// <summary>1 − spent. Below zero when overspent; null without data.</summary>
    public double? LeftShare => 1 - SpentShare;

    /// <summary>Failures that are still allowed; below zero when overspent; null without data.</summary>
    public double? LeftEvents => AllowedEvents - (HasData ? Counts.Bad : null);

    /// <summary>Minutes of full outage at even traffic that the budget is worth: (1 − target) × minutes of the period.</summary>
    public double BudgetMinutes => (double)((decimal)Period.Minutes * Target.AllowedFailureShare);

    /// <summary>Budget left in minutes of full outage at even traffic: left share × <see cref="BudgetMinutes"/>; null without data.</summary>
    public double? LeftMinutes => LeftShare * BudgetMinutes;

    /// <summary>Whether the events so far meet the target; null without data.</summary>
    public bool? IsMetSoFar => HasData ? Counts.Bad <= AllowedSoFar : null;

    /// <summary>No budget is left. Exactly used up counts as exhausted, although the target is still met.</summary>
    public bool IsExhausted => SpentShare >= 1;

    /// <param name="counts">Events of <c>window.At(now)</c>.</param>
    /// <param name="now">End of the window, a minute boundary in the portal.</param>
    public static ErrorBudget At(DateTimeOffset now, EventCounts counts, ObjectiveTarget target, SloWindow window) =>
        new(counts, target, window.At(now), window.FullPeriodAt(now));
}
