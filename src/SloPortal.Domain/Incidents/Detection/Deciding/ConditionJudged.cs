using System.Globalization;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.Detection.Deciding;

/// <summary>A condition held against what is known.</summary>
/// <param name="Holds">Null where the fact is not known.</param>
/// <param name="Words">Value against threshold, or why there is no value: "Budget spent 34 % of 30 days, rolling ≥ 25 %".</param>
public sealed record ConditionJudged(bool? Holds, string Words)
{
    internal static ConditionJudged BudgetSpent(DecisionFacts facts, double least) => facts.BudgetSpentPercent is { } spent
        ? Against(spent, least, $"Budget spent {Figure(spent)} % of {facts.BudgetWindow}", $"{Figure(least)} %")
        : new(null, "How much of the budget is spent is not known: there is no data.");

    internal static ConditionJudged Burn(DecisionFacts facts, double least) =>
        Against(facts.BurnTimes, least, $"Burn {Figure(facts.BurnTimes)} times even over {HumanDuration.Text(TimeSpan.FromMinutes(facts.BurnMinutes))}", $"{Figure(least)} times");

    // 1 is the highest.
    internal static ConditionJudged AtLeastTier(DecisionFacts facts, ServiceTier least)
    {
        var holds = facts.Tier <= least;
        return new(holds, $"Tier {Word(facts.Tier)}, {Origin(facts.TierFrom)}, is {(holds ? "at least" : "below")} {Word(least)}");
    }

    internal static ConditionJudged UsersTouched(DecisionFacts facts, long least) => facts.Users is { } users
        ? Against(users, least, $"People who notice {Count(users)}", Count(least))
        : new(null, "How many people notice is not known: nobody has said it of the service.");

    internal static ConditionJudged SegmentShare(DecisionFacts facts, double least) => facts.SegmentPercent is { } share
        ? Against(share, least, $"Segment {facts.Segment} has {Figure(share)} % of the failures", $"{Figure(least)} %")
        : new(null, "The share of one segment is not known: " + facts.SegmentGap switch
        {
            Deciding.SegmentGap.NoFailures => "no failure was counted in a segment.",
            Deciding.SegmentGap.SplitLater => "the SLI was split only after the window began.",
            Deciding.SegmentGap.NotSplit or null => "the SLI is not split.",
            _ => throw new ArgumentOutOfRangeException(nameof(facts), facts.SegmentGap, null),
        });

    private static ConditionJudged Against(double value, double least, string said, string threshold)
    {
        var holds = value >= least;
        return new(holds, $"{said} {(holds ? "≥" : "<")} {threshold}");
    }

    private static string Figure(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Word(ServiceTier tier) => tier.ToString().ToLowerInvariant();

    private static string Origin(TierOrigin origin) => origin switch
    {
        TierOrigin.Declared => "as declared",
        TierOrigin.Scorecard => "by the scorecard",
        TierOrigin.Decided => "as decided",
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, null),
    };
}
