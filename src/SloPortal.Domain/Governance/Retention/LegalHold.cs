namespace SloPortal.Domain.Governance.Retention;

/// <summary>
/// Nothing of a service, or of the services of an incident, is removed while it is in force, whatever the rules say. It is released and never
/// deleted.
/// </summary>
public sealed class LegalHold
{
    private LegalHold() { }

    /// <summary>Of a service, or of an incident.</summary>
    public LegalHold(Guid id, Guid? serviceId, Guid? incidentId, string reason, string byName, DateTimeOffset now)
    {
        if ((serviceId is null) == (incidentId is null))
            throw new ArgumentException("A hold is of a service or of an incident.");
        Id = id;
        ServiceId = serviceId;
        IncidentId = incidentId;
        Reason = reason;
        PlacedByName = byName;
        PlacedAt = now;
    }

    public Guid Id { get; private set; }
    public Guid? ServiceId { get; private set; }
    public Guid? IncidentId { get; private set; }
    public string Reason { get; private set; } = "";
    public string PlacedByName { get; private set; } = "";
    public DateTimeOffset PlacedAt { get; private set; }
    public DateTimeOffset? ReleasedAt { get; private set; }
    public string? ReleasedByName { get; private set; }
    public string? ReleaseReason { get; private set; }

    public void Release(string reason, string byName, DateTimeOffset now) => (ReleasedAt, ReleasedByName, ReleaseReason) = (now, byName, reason);
}
