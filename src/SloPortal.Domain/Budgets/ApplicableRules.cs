namespace SloPortal.Domain.Budgets;

/// <summary>The rules of a policy that are evaluated for an objective, and those that are left out.</summary>
public sealed record ApplicableRules(IReadOnlyList<AlertRule> Rules, IReadOnlyList<ExcludedRule> Excluded);
