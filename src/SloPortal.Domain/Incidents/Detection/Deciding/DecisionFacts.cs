using SloPortal.Domain.Catalog;

namespace SloPortal.Domain.Incidents.Detection.Deciding;

/// <summary>Who says of which tier a service is.</summary>
public enum TierOrigin
{
    /// <summary>Its owners, when they described it.</summary>
    Declared,
    /// <summary>The scorecard, from what is known of its impact.</summary>
    Scorecard,
    /// <summary>A person, against the scorecard.</summary>
    Decided,
}

/// <summary>Why no segment's share of the failures is known.</summary>
public enum SegmentGap
{
    NotSplit,
    /// <summary>Within the alert's window or after it.</summary>
    SplitLater,
    NoFailures,
}

/// <summary>What is known of a breach when it is proposed. What nobody knows is null, and then no condition on it holds.</summary>
/// <param name="BudgetSpentPercent">Of the objective's budget, over <paramref name="BudgetWindow"/>; above 100 where it is overspent. Null without data.</param>
/// <param name="BudgetWindow">The window of the objective: "30 days, rolling".</param>
/// <param name="BurnTimes">Times even burn over the alert's long window.</param>
/// <param name="BurnMinutes">Length of that window.</param>
/// <param name="Users">People who notice when the service fails, as its owners say; null where they do not.</param>
/// <param name="SegmentPercent">Of the failures in the alert's long window, that of the segment with the most.</param>
/// <param name="Segment">Which that is: "eu-west, checkout".</param>
/// <param name="SegmentGap">Why there is no share; null where there is.</param>
public sealed record DecisionFacts(
    double? BudgetSpentPercent, string BudgetWindow, double BurnTimes, int BurnMinutes, ServiceTier Tier, TierOrigin TierFrom, long? Users, double? SegmentPercent, string? Segment, SegmentGap? SegmentGap)
{
    /// <summary>Two decimals, so that what is judged is what a person reads.</summary>
    public static double Rounded(double value) => Math.Round(value, 2, MidpointRounding.AwayFromZero);
}
