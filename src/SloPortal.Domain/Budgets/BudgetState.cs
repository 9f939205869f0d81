namespace SloPortal.Domain.Budgets;

/// <summary>The budget of an objective as the last evaluation found it; what lists and the home page read.</summary>
public sealed class BudgetState
{
    public Guid ObjectiveId { get; init; }
    public Guid VersionId { get; init; }

    /// <summary>End of the window, a minute boundary.</summary>
    public DateTimeOffset EvaluatedAt { get; init; }

    public DateTimeOffset WindowStart { get; init; }
    public double Good { get; init; }
    public double Total { get; init; }

    /// <summary>0 to 1; null without data, as all below.</summary>
    public double? Attained { get; init; }

    /// <summary>Share of the budget, 1 untouched, below 0 overspent.</summary>
    public double? LeftShare { get; init; }

    public double? LeftEvents { get; init; }
    public double? LeftMinutes { get; init; }

    /// <summary>Burn rate over the last hour.</summary>
    public double? BurnLastHour { get; init; }

    public DateTimeOffset? ExhaustedAt { get; init; }
    public BudgetStanding Standing { get; init; }

    /// <summary>How it stands, in words.</summary>
    public string Sentence { get; init; } = "";

    /// <summary>Start of the newest minute with data.</summary>
    public DateTimeOffset? LastDataAt { get; init; }
}
