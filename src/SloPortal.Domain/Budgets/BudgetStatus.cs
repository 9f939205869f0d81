using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Domain.Budgets;

/// <summary>How a budget stands: one word for the colour and the filter, one sentence for the reader.</summary>
public sealed record BudgetStatus(BudgetStanding Standing, string Sentence)
{
    /// <summary>At risk below this share of budget left. Product policy.</summary>
    public const double LittleLeft = 0.2;

    /// <summary>At risk when the budget runs out within this part of the period at the present burn. Product policy.</summary>
    public const double SoonPartOfPeriod = 0.25;

    /// <param name="budget">The budget now.</param>
    /// <param name="exhaustion">Its projection at the present burn.</param>
    public static BudgetStatus Of(ErrorBudget budget, Exhaustion exhaustion)
    {
        var standing = StandingOf(budget, exhaustion);
        return new(standing, StandingSentence(standing, budget, exhaustion));
    }

    /// <summary>"Healthy", "At risk", "Exhausted", "No data".</summary>
    public static string Word(BudgetStanding standing) => standing switch
    {
        BudgetStanding.NoData => "No data",
        BudgetStanding.Healthy => "Healthy",
        BudgetStanding.AtRisk => "At risk",
        BudgetStanding.Exhausted => "Exhausted",
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, null),
    };

    private static BudgetStanding StandingOf(ErrorBudget budget, Exhaustion exhaustion)
    {
        if (budget.LeftShare is not { } left)
        {
            return BudgetStanding.NoData;
        }

        if (budget.IsExhausted)
        {
            return BudgetStanding.Exhausted;
        }

        return left < LittleLeft || exhaustion.In < budget.Period.Length * SoonPartOfPeriod
            ? BudgetStanding.AtRisk
            : BudgetStanding.Healthy;
    }

    private static string StandingSentence(BudgetStanding standing, ErrorBudget budget, Exhaustion exhaustion)
    {
        if (standing == BudgetStanding.NoData)
        {
            return $"No events in {(budget.IsEstimate ? "this period so far" : $"the last {HumanDuration.Text(budget.Window.Length)}")}, so nothing can be said.";
        }

        var left = budget.LeftShare!.Value;
        if (standing == BudgetStanding.Exhausted)
        {
            return left >= 0 ? "The budget is used up." : $"The budget is overspent by {PercentText.Spent(-left)}.";
        }

        var leftText = $"{PercentText.Left(left)} left";
        if (exhaustion is { Kind: ExhaustionKind.Ahead, In: { } time })
        {
            return standing == BudgetStanding.AtRisk
                ? $"Budget gone in {HumanDuration.Text(time)} at this burn."
                : $"Within budget: {leftText}, gone in {HumanDuration.Text(time)} at this burn.";
        }

        return standing == BudgetStanding.AtRisk ? $"Little budget: {leftText}." : $"Within budget: {leftText}.";
    }
}
