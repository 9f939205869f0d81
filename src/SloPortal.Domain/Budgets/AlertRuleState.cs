namespace SloPortal.Domain.Budgets;

/// <summary>Where one rule of one objective stands, with the burns that the last evaluation read.</summary>
public sealed class AlertRuleState
{
    public Guid ObjectiveId { get; init; }

    /// <summary>Place of the rule in its policy, from 0.</summary>
    public int RuleIndex { get; init; }

    public AlertSeverity Severity { get; init; }
    public TimeSpan LongWindow { get; init; }
    public TimeSpan ShortWindow { get; init; }

    /// <summary>Burn rate above which it fires.</summary>
    public double Factor { get; init; }

    public AlertState State { get; init; }
    public DateTimeOffset Since { get; init; }
    public DateTimeOffset? NoDataSince { get; init; }
    public double? LongBurn { get; init; }
    public double? ShortBurn { get; init; }

    /// <summary>The alert that is firing, if any.</summary>
    public Guid? AlertId { get; init; }
}
