namespace SloPortal.Domain.Budgets;

/// <summary>How a budget stands, in one word.</summary>
public enum BudgetStanding
{
    NoData,
    Healthy,
    AtRisk,
    Exhausted,
}
