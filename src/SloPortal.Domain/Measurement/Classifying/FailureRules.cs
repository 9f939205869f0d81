namespace SloPortal.Domain.Measurement.Classifying;

/// <summary>The rules of a service that say which failures touch users.</summary>
public sealed class FailureRules
{
    private FailureRules() { }

    public FailureRules(Guid serviceId) => ServiceId = serviceId;

    public Guid ServiceId { get; private set; }
    public Classification Classification { get; private set; } = null!;

    /// <summary>The name of who last changed them.</summary>
    public string ChangedBy { get; private set; } = "";

    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public void Change(Classification classification, string by, DateTimeOffset now) => (Classification, ChangedBy, ChangedAt) = (classification, by, now);
}
