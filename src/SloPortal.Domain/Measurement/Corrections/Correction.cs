using SloPortal.Domain.Common;

namespace SloPortal.Domain.Measurement.Corrections;

/// <summary>What a correction does to the minutes that it covers.</summary>
public enum CorrectionKind
{
    /// <summary>They count as minutes without data.</summary>
    Exclude,
    /// <summary>As <see cref="Exclude"/>, for failures that were made on purpose.</summary>
    Drill,
    /// <summary>Other figures count in their place.</summary>
    Replace,
}

public enum CorrectionState
{
    Proposed,
    InForce,
    Declined,
    Withdrawn,
}

/// <summary>
/// A decision that minutes of an SLI count otherwise than they were measured. One person proposes it and another decides; it is withdrawn,
/// never deleted, and what was measured is kept (decision 0024).
/// </summary>
public sealed class Correction
{
    private Correction() { }

    /// <param name="first">The first stretch, on minute boundaries.</param>
    /// <param name="recurrence">An RRULE by which it repeats; null where it does not.</param>
    /// <param name="timeZone">IANA id, by whose clock it repeats.</param>
    /// <param name="figures">What counts in each stretch instead; null where nothing does.</param>
    public Correction(
        Guid id, int sliId, CorrectionKind kind, Interval first, string? recurrence, string timeZone, EventCounts? figures, string reason, string evidence,
        Guid proposedBy, string proposedByName, DateTimeOffset proposedAt)
    {
        Id = id;
        SliId = sliId;
        Kind = kind;
        From = first.Start;
        To = first.End;
        Recurrence = recurrence;
        TimeZone = timeZone;
        Good = figures?.Good;
        Total = figures?.Total;
        Reason = reason;
        Evidence = evidence;
        ProposedBy = proposedBy;
        ProposedByName = proposedByName;
        ProposedAt = proposedAt;
    }

    public Guid Id { get; private set; }
    public int SliId { get; private set; }
    public CorrectionKind Kind { get; private set; }
    public CorrectionState State { get; private set; }

    /// <summary>A minute boundary, as <see cref="To"/>.</summary>
    public DateTimeOffset From { get; private set; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset To { get; private set; }

    /// <summary>RFC 5545; null where it covers one stretch only.</summary>
    public string? Recurrence { get; private set; }

    public string TimeZone { get; private set; } = "";

    /// <summary>Good events that count in each stretch instead, spread evenly over its minutes; null where nothing counts.</summary>
    public double? Good { get; private set; }

    /// <summary>All events that count in each stretch instead.</summary>
    public double? Total { get; private set; }

    public string Reason { get; private set; } = "";

    /// <summary>What shows it: a link, a ticket, words.</summary>
    public string Evidence { get; private set; } = "";

    public Guid ProposedBy { get; private set; }

    /// <summary>As it was then, as all names here.</summary>
    public string ProposedByName { get; private set; } = "";

    public DateTimeOffset ProposedAt { get; private set; }
    public string? DecidedByName { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? DecisionNote { get; private set; }
    public string? WithdrawnByName { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public string? WithdrawnReason { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public Interval First => new(From, To);

    /// <summary>Puts it in force, or declines it.</summary>
    public Refusal? Decide(bool approve, Guid by, string byName, string note, DateTimeOffset now)
    {
        if (State != CorrectionState.Proposed)
            return Refusal.Conflict("It was decided meanwhile.");
        if (TheOneWhoProposedMayNotApprove(approve, by))
            return Refusal.Denied("You proposed it; somebody else has to approve it.");
        (State, DecidedByName, DecidedAt, DecisionNote) = (approve ? CorrectionState.InForce : CorrectionState.Declined, byName, now, note);
        return null;
    }

    /// <summary>Has the minutes count again as they were measured.</summary>
    public Refusal? Withdraw(string byName, string reason, DateTimeOffset now)
    {
        if (State is not (CorrectionState.InForce or CorrectionState.Proposed))
            return Refusal.Conflict("It is not in force.");
        (State, WithdrawnByName, WithdrawnAt, WithdrawnReason) = (CorrectionState.Withdrawn, byName, now, reason);
        return null;
    }

    private bool TheOneWhoProposedMayNotApprove(bool approve, Guid by) => approve && by == ProposedBy;
}
