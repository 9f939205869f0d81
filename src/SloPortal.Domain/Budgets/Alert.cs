namespace SloPortal.Domain.Budgets;

/// <summary>One firing of a rule, from its start to its resolution, with the figures as they stood.</summary>
public sealed class Alert
{
    public Guid Id { get; init; }
    public Guid ObjectiveId { get; init; }
    public Guid VersionId { get; init; }
    public int RuleIndex { get; init; }
    public AlertSeverity Severity { get; init; }
    public TimeSpan LongWindow { get; init; }
    public TimeSpan ShortWindow { get; init; }
    public double Factor { get; init; }
    public DateTimeOffset FiredAt { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }
    public double LongBurn { get; init; }
    public double ShortBurn { get; init; }

    /// <summary>Counts of the long window when it fired: the evidence.</summary>
    public double LongGood { get; init; }
    public double LongTotal { get; init; }
    public double ShortGood { get; init; }
    public double ShortTotal { get; init; }

    /// <summary>Share of budget left when it fired; null without data.</summary>
    public double? LeftShare { get; init; }

    /// <summary>Why it ended, when it was not the burn that fell: its rule was changed, its objective retired.</summary>
    public string? EndReason { get; init; }
}
