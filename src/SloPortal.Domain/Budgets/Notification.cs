namespace SloPortal.Domain.Budgets;

public enum NotificationEvent
{
    Fired,
    Resolved,
}

public enum NotificationState
{
    Waiting,
    Sent,
    /// <summary>Given up after the last try; the reason stands beside it.</summary>
    Failed,
}

/// <summary>
/// One message to one target about one turn of an alert. Unique by those three, and claimed before it is sent, so that several
/// portals send it once.
/// </summary>
public sealed class Notification
{
    public Guid Id { get; init; }
    public Guid AlertId { get; init; }
    public Guid TargetId { get; init; }
    public NotificationEvent Event { get; init; }
    public NotificationState State { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset NextAttemptAt { get; init; }
    public DateTimeOffset? SentAt { get; init; }
    public string? LastError { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
