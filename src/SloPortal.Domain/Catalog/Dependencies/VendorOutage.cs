using SloPortal.Domain.Common;

namespace SloPortal.Domain.Catalog.Dependencies;

/// <summary>An outage of a vendor as somebody entered it. What was entered stays: a correction takes it back and adds another.</summary>
public sealed class VendorOutage
{
    private VendorOutage() { }

    public VendorOutage(Guid id, Guid vendorId, DateTimeOffset startedAt, DateTimeOffset? endedAt, string source, string reason, Guid recordedBy, string recordedByName, DateTimeOffset recordedAt, Guid? corrects = null)
    {
        Id = id;
        VendorId = vendorId;
        StartedAt = startedAt;
        EndedAt = endedAt;
        Source = source;
        Reason = reason;
        RecordedBy = recordedBy;
        RecordedByName = recordedByName;
        RecordedAt = recordedAt;
        Corrects = corrects;
    }

    public Guid Id { get; private set; }
    public Guid VendorId { get; private set; }
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>Null while it lasts.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Where it is known from: an address or words.</summary>
    public string Source { get; private set; } = "";

    public string Reason { get; private set; } = "";
    public Guid RecordedBy { get; private set; }

    /// <summary>As it was when entered.</summary>
    public string RecordedByName { get; private set; } = "";

    public DateTimeOffset RecordedAt { get; private set; }

    /// <summary>The entry that this one replaces.</summary>
    public Guid? Corrects { get; private set; }

    public DateTimeOffset? WithdrawnAt { get; private set; }
    public string? WithdrawnReason { get; private set; }

    public Refusal? Withdraw(string reason, DateTimeOffset now)
    {
        if (WithdrawnAt is not null)
            return Refusal.Conflict("This entry was taken back already.");
        (WithdrawnAt, WithdrawnReason) = (now, reason);
        return null;
    }

    /// <summary>The sentence for a stretch that cannot be an outage; null when it can.</summary>
    public static string? RefusalFor(DateTimeOffset startedAt, DateTimeOffset? endedAt, DateTimeOffset now) =>
        startedAt > now ? "The outage would begin in the future. Enter what has happened."
        : endedAt > now ? "The outage would end in the future. Leave the end empty while it lasts."
        : endedAt <= startedAt ? "The outage ends before it begins. Check both times."
        : null;
}
