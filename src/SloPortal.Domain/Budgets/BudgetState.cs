using SloPortal.Domain.Objectives;

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

    /// <param name="subject">Whose budget it is.</param>
    /// <param name="budget">The budget at that instant.</param>
    /// <param name="burn">Burn rate over the last hour; null without data.</param>
    /// <param name="at">End of the window.</param>
    public static BudgetState Of(EvaluationSubject subject, ErrorBudget budget, double? burn, DateTimeOffset at)
    {
        var exhaustion = Exhaustion.Of(budget, burn, at);
        var status = BudgetStatus.Of(budget, exhaustion);
        return new()
        {
            ObjectiveId = subject.ObjectiveId,
            VersionId = subject.VersionId,
            EvaluatedAt = at,
            WindowStart = budget.Window.Start,
            Good = budget.Counts.Good,
            Total = budget.Counts.Total,
            Attained = budget.Attained,
            LeftShare = budget.LeftShare,
            LeftEvents = budget.LeftEvents,
            LeftMinutes = budget.LeftMinutes,
            BurnLastHour = burn,
            ExhaustedAt = exhaustion.At,
            Standing = status.Standing,
            Sentence = status.Sentence,
            LastDataAt = subject.LastDataAt,
        };
    }
}
