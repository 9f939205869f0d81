namespace SloPortal.Domain.Budgets;

/// <summary>The dashed line from where the budget is to where it runs out at the present burn.</summary>
/// <param name="From">The last evaluation.</param>
/// <param name="Left">Share of budget left then.</param>
/// <param name="To">When it reaches zero.</param>
public sealed record StoryProjection(DateTimeOffset From, double Left, DateTimeOffset To);
