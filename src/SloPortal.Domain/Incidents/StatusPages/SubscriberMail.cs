using SloPortal.Domain.Budgets;

namespace SloPortal.Domain.Incidents.StatusPages;

/// <summary>
/// One mail to one subscriber about one update, or the question whether the address is theirs. Unique by those two, and claimed before it is sent, so
/// that several portals send it once.
/// </summary>
public sealed class SubscriberMail
{
    public Guid Id { get; init; }
    public Guid SubscriberId { get; init; }

    /// <summary>Null for the question.</summary>
    public Guid? UpdateId { get; init; }

    public NotificationState State { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset NextAttemptAt { get; init; }
    public DateTimeOffset? SentAt { get; init; }
    public string? LastError { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
