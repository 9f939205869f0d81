using SloPortal.Domain.Common;

namespace SloPortal.Domain.Budgets.Tuning;

/// <summary>A stretch of an objective's past of which somebody said whether it should have paged.</summary>
public sealed class AlertLabel
{
    private AlertLabel() { }

    public AlertLabel(Guid id, Guid objectiveId, Interval when, LabelKind kind, string reason, Guid markedBy, string markedByName, DateTimeOffset markedAt)
    {
        Id = id;
        ObjectiveId = objectiveId;
        (From, To) = (when.Start, when.End);
        Kind = kind;
        Reason = reason;
        MarkedBy = markedBy;
        MarkedByName = markedByName;
        MarkedAt = markedAt;
    }

    public Guid Id { get; private set; }
    public Guid ObjectiveId { get; private set; }
    public DateTimeOffset From { get; private set; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset To { get; private set; }

    public LabelKind Kind { get; private set; }
    public string Reason { get; private set; } = "";
    public Guid MarkedBy { get; private set; }

    /// <summary>As it was then.</summary>
    public string MarkedByName { get; private set; } = "";

    public DateTimeOffset MarkedAt { get; private set; }

    public KnownInterval Known => new(new(From, To), Kind, $"{Reason} (marked by {MarkedByName})", Mark: Id);
}
