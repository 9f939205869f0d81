using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.Detection;

public enum IncidentProposalState
{
    /// <summary>Waits for a commander.</summary>
    Waiting,
    /// <summary>An incident was made of it.</summary>
    Confirmed,
    /// <summary>It is none, for a recorded reason.</summary>
    Declined,
}

/// <summary>That a burn alert which pages may be an incident. A person decides; either way it is recorded.</summary>
public sealed class IncidentProposal
{
    private IncidentProposal() { }

    public IncidentProposal(Guid id, Guid objectiveId, Guid alertId, DateTimeOffset proposedAt)
    {
        Id = id;
        ObjectiveId = objectiveId;
        AlertId = alertId;
        ProposedAt = proposedAt;
    }

    public Guid Id { get; private set; }
    public Guid ObjectiveId { get; private set; }

    /// <summary>The alert that gave the reason; later ones of the same objective join it while it waits.</summary>
    public Guid AlertId { get; private set; }

    public DateTimeOffset ProposedAt { get; private set; }
    public IncidentProposalState State { get; private set; }
    public Guid? IncidentId { get; private set; }
    public Guid? DecidedBy { get; private set; }

    /// <summary>As the decider was called then.</summary>
    public string? DecidedByName { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }
    public string? Reason { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public Refusal? Confirm(Guid incidentId, Guid by, string byName, DateTimeOffset now)
    {
        if (Decide(IncidentProposalState.Confirmed, by, byName, null, now) is { } refusal)
            return refusal;
        IncidentId = incidentId;
        return null;
    }

    public Refusal? Decline(Guid by, string byName, string reason, DateTimeOffset now) =>
        Decide(IncidentProposalState.Declined, by, byName, reason, now);

    private Refusal? Decide(IncidentProposalState state, Guid by, string byName, string? reason, DateTimeOffset now)
    {
        if (State != IncidentProposalState.Waiting)
            return Refusal.Conflict($"{DecidedByName} {State.ToString().ToLowerInvariant()} this already.");
        State = state;
        DecidedBy = by;
        DecidedByName = byName;
        Reason = reason;
        DecidedAt = now;
        return null;
    }
}
