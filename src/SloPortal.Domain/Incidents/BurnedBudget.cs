using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Domain.Incidents;

/// <summary>What an incident took from the budget of one objective.</summary>
/// <param name="Bad">Failed events during the impact.</param>
/// <param name="Total">All events during the impact.</param>
/// <param name="Share">Of the whole budget of the window that ends with the impact, 1 is all of it; null without data.</param>
/// <param name="Minutes">The same in minutes of full outage at even traffic; null without data.</param>
public sealed record BurnedBudget(double Bad, double Total, double? Share, double? Minutes)
{
    /// <param name="impact">Counts of the impact.</param>
    /// <param name="budget">The budget at the end of the impact.</param>
    public static BurnedBudget Of(EventCounts impact, ErrorBudget budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        double? share = impact.HasData && budget.AllowedEvents is > 0 and var allowed ? impact.Bad / allowed : null;
        return new(impact.Bad, impact.Total, share, share * budget.BudgetMinutes);
    }
}
