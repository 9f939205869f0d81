namespace SloPortal.Domain.Objectives.Evidence;

/// <summary>The rules that speak up before an objective is agreed.</summary>
public enum FeasibilityRule
{
    OneFailureSpendsTheBudget,
    OneFailureSpendsMuchOfTheBudget,
    TargetIsAboveTheHistory,
    TargetIsAboveTheDependencies,
    HistoryIsTooShort,
    AlertCanNeverFire,
    AlertRuleDoesNotFit,
}
