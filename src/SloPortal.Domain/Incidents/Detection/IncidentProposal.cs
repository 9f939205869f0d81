using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Deciding;

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

    /// <summary>Why it was declined, or confirmed otherwise than recommended.</summary>
    public string? Reason { get; private set; }

    /// <summary>With which severity it was confirmed, whatever became of the incident's since.</summary>
    public IncidentSeverity? DecidedSeverity { get; private set; }

    /// <summary>Whether a war room was opened with it; null unless it was confirmed.</summary>
    public bool? DecidedWarRoom { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    /// <param name="recommended">What the policy said; null where it was proposed before there was a policy.</param>
    /// <param name="reason">Needed where the decision is another than was recommended.</param>
    public Refusal? Confirm(Guid incidentId, IncidentSeverity severity, bool warRoom, Recommendation? recommended, string? reason, Guid by, string byName, DateTimeOffset now)
    {
        if (State == IncidentProposalState.Waiting && recommended is not null && (severity, warRoom) != (recommended.Severity, recommended.WarRoom) && string.IsNullOrWhiteSpace(reason))
            return Refusal.Invalid(nameof(Reason), $"The policy recommends {recommended.Words}, and this is {Recommendation.Said(severity, warRoom)}. Say why; it is recorded.");
        if (Decide(IncidentProposalState.Confirmed, by, byName, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), now) is { } refusal)
            return refusal;
        (IncidentId, DecidedSeverity, DecidedWarRoom) = (incidentId, severity, warRoom);
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
