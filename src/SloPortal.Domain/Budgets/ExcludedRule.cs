namespace SloPortal.Domain.Budgets;

/// <summary>A rule that is not evaluated for an objective, and why, in a sentence.</summary>
public sealed record ExcludedRule(AlertRule Rule, string Reason);
