namespace SloPortal.Domain.Budgets;

public enum NotificationChannel
{
    Mail,
    Webhook,
}

/// <summary>Where a team wants to be told: a mail address, or an address that takes a JSON document.</summary>
public sealed class NotificationTarget
{
    private NotificationTarget() { }

    public NotificationTarget(Guid id, Guid teamId, NotificationChannel channel, string address, AlertSeverity minimumSeverity, DateTimeOffset createdAt)
    {
        Id = id;
        TeamId = teamId;
        Channel = channel;
        Address = address;
        MinimumSeverity = minimumSeverity;
        CreatedAt = createdAt;
    }

    public Guid Id { get; private set; }
    public Guid TeamId { get; private set; }
    public NotificationChannel Channel { get; private set; }

    /// <summary>A mail address or an http(s) address.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Key of the HMAC-SHA256 signature of a webhook's body, encrypted; null signs nothing.</summary>
    public string? ProtectedSecret { get; private set; }

    public AlertSeverity MinimumSeverity { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? RemovedAt { get; private set; }

    public void SignWith(string? protectedSecret) => ProtectedSecret = protectedSecret;

    public void Remove(DateTimeOffset now) => RemovedAt ??= now;
}
