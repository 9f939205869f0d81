using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Measurement.Deciding;

public enum DecisionState
{
    Proposed,
    InForce,
    Declined,
    Withdrawn,
}

/// <summary>
/// What counts for an SLI where several measure the same, and what minutes without data mean. One person proposes it with a reason, another signs;
/// it holds from its date until the next one, and is never deleted.
/// </summary>
public sealed class CountingDecision
{
    private CountingDecision() { }

    public CountingDecision(Guid id, int sliId, CountingRule rule, DateTimeOffset inForceFrom, string reason, Guid proposedBy, string proposedByName, DateTimeOffset proposedAt)
    {
        Id = id;
        SliId = sliId;
        Merge = rule.Merge;
        Others = [.. rule.Others];
        NoData = rule.NoData;
        BadAfterMinutes = rule.BadAfterMinutes;
        InForceFrom = inForceFrom;
        Reason = reason;
        ProposedBy = proposedBy;
        ProposedByName = proposedByName;
        ProposedAt = proposedAt;
    }

    public Guid Id { get; private set; }
    public int SliId { get; private set; }
    public MergeRule Merge { get; private set; }
    public int[] Others { get; private set; } = [];
    public NoDataRule NoData { get; private set; }
    public int BadAfterMinutes { get; private set; }
    public DecisionState State { get; private set; }

    /// <summary>A minute boundary. A signature that comes later does not reach back to it.</summary>
    public DateTimeOffset InForceFrom { get; private set; }

    public string Reason { get; private set; } = "";
    public Guid ProposedBy { get; private set; }

    /// <summary>As it was then, as all names here.</summary>
    public string ProposedByName { get; private set; } = "";

    public DateTimeOffset ProposedAt { get; private set; }
    public string? DecidedByName { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? DecisionNote { get; private set; }

    /// <summary>How the one who signed showed that it was them; null where it was not signed.</summary>
    public Confirmation? ConfirmedBy { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public CountingRule Rule => new(Merge, Others, NoData, BadAfterMinutes);

    /// <summary>SHA-256 over what is signed, so that nobody signs something that they did not read.</summary>
    public byte[] ContentHash() => new FieldHash().Add(Id).Add(SliId).Add(Merge.ToString()).Add(string.Join(',', Others)).Add(NoData.ToString()).Add(BadAfterMinutes)
        .Add(InForceFrom).Add(Reason).Add(ProposedBy).Compute();

    /// <summary>Puts it in force.</summary>
    public Refusal? Sign(Guid by, string byName, string note, Confirmation confirmedBy, DateTimeOffset now)
    {
        if (State != DecisionState.Proposed)
            return Refusal.Conflict("It was decided meanwhile.");
        if (by == ProposedBy)
            return Refusal.Denied("You proposed it; somebody else has to sign it.");
        (State, DecidedByName, DecidedAt, DecisionNote, ConfirmedBy) = (DecisionState.InForce, byName, now, note, confirmedBy);
        if (InForceFrom < now)
            InForceFrom = MinuteClock.Ceiling(now);
        return null;
    }

    /// <summary>Declines it, or takes it back where the one who proposed it does so.</summary>
    public Refusal? Decline(Guid by, string byName, string note, DateTimeOffset now)
    {
        if (State != DecisionState.Proposed)
            return Refusal.Conflict("It was decided meanwhile.");
        (State, DecidedByName, DecidedAt, DecisionNote) = (by == ProposedBy ? DecisionState.Withdrawn : DecisionState.Declined, byName, now, note);
        return null;
    }
}
