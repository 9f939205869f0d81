namespace SloPortal.Domain.Budgets;

/// <summary>One point of the story of an objective; a null is a gap in the line.</summary>
/// <param name="At">End of the step, exclusive.</param>
/// <param name="Attained">Share of good events in the objective's window up to here, 0 to 1.</param>
/// <param name="BudgetLeft">1 is untouched, 0 is gone, below 0 overspent.</param>
/// <param name="Burn">Burn rate over the burn window up to here.</param>
/// <param name="GoodRatio">Share of good events in this step alone, 0 to 1.</param>
public sealed record StoryPoint(DateTimeOffset At, double? Attained, double? BudgetLeft, double? Burn, double? GoodRatio);
