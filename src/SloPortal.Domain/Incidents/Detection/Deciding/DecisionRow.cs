using SloPortal.Domain.Catalog;

namespace SloPortal.Domain.Incidents.Detection.Deciding;

/// <summary>One row of the policy: where all conditions hold that it gives, this is what it recommends. Without any it always holds.</summary>
/// <param name="Reason">Why, in a few words; shown with the recommendation.</param>
/// <param name="BudgetSpentPercent">At least so much of the objective's budget is spent.</param>
/// <param name="BurnTimes">The alert's long window burns at least so many times even.</param>
/// <param name="Tier">The service is of this tier or of a higher one.</param>
/// <param name="Users">At least so many people notice when the service fails.</param>
/// <param name="SegmentPercent">One segment has at least so much of the failures.</param>
public sealed record DecisionRow(
    IncidentSeverity Severity, bool WarRoom, string Reason, double? BudgetSpentPercent = null, double? BurnTimes = null, ServiceTier? Tier = null, long? Users = null, double? SegmentPercent = null)
{
    public bool IsUnconditional => (BudgetSpentPercent, BurnTimes, Tier, Users, SegmentPercent) == (null, null, null, null, null);

    /// <summary>Each condition that the row gives, held against the facts.</summary>
    public IReadOnlyList<ConditionJudged> Judge(DecisionFacts facts) => [.. new[]
    {
        BudgetSpentPercent is { } spent ? ConditionJudged.BudgetSpent(facts, spent) : null,
        BurnTimes is { } burn ? ConditionJudged.Burn(facts, burn) : null,
        Tier is { } tier ? ConditionJudged.AtLeastTier(facts, tier) : null,
        Users is { } users ? ConditionJudged.UsersTouched(facts, users) : null,
        SegmentPercent is { } share ? ConditionJudged.SegmentShare(facts, share) : null,
    }.OfType<ConditionJudged>()];
}
