namespace SloPortal.Domain.Changes;

/// <summary>A version of a service that went somewhere.</summary>
public sealed class Deployment
{
    private Deployment() { }

    public Deployment(Guid id, Guid serviceId, string version, string environment, DateTimeOffset deployedAt, DateTimeOffset recordedAt, string recordedBy, string? url, string? description, string idempotencyKey)
    {
        Id = id;
        ServiceId = serviceId;
        Version = version;
        Environment = environment;
        DeployedAt = deployedAt;
        RecordedAt = recordedAt;
        RecordedBy = recordedBy;
        Url = url;
        Description = description;
        IdempotencyKey = idempotencyKey;
    }

    public Guid Id { get; private set; }
    public Guid ServiceId { get; private set; }
    public string Version { get; private set; } = "";
    public string Environment { get; private set; } = "";
    public DateTimeOffset DeployedAt { get; private set; }
    public DateTimeOffset RecordedAt { get; private set; }

    /// <summary>The person or token, as the audit names it.</summary>
    public string RecordedBy { get; private set; } = "";

    public string? Url { get; private set; }
    public string? Description { get; private set; }

    /// <summary>The same key for the same service is the same deployment.</summary>
    public string IdempotencyKey { get; private set; } = "";
}
