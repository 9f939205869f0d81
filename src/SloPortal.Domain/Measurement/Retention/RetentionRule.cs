namespace SloPortal.Domain.Measurement.Retention;

/// <summary>For how long data of one kind is kept.</summary>
public sealed class RetentionRule
{
    private RetentionRule() { }

    public RetentionClass Kind { get; private set; }

    /// <summary>Older than so many days goes; null keeps for good.</summary>
    public int? Days { get; private set; }

    public string Reason { get; private set; } = "";
    public string ChangedByName { get; private set; } = "";
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public void Change(int? days, string reason, string byName, DateTimeOffset now) => (Days, Reason, ChangedByName, ChangedAt) = (days, reason, byName, now);
}
