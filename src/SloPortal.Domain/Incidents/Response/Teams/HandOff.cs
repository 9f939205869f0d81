using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.Response.Teams;

public enum HandOffState
{
    /// <summary>Nobody has taken it; whoever gives it still answers for it.</summary>
    Offered,
    Accepted,
    Declined,
    /// <summary>Whoever offered it took it back before somebody answered.</summary>
    Withdrawn,
}

/// <summary>What an offer that nobody answers calls for.</summary>
public enum HandOffStep
{
    Nothing,
    /// <summary>The receiving team is told again, and whoever gives it hears that nobody has answered.</summary>
    Remind,
    /// <summary>Whoever commands the incident is told.</summary>
    Escalate,
}

/// <summary>
/// Work that one team gives to another, or its lead to the next of the same team. It goes over when somebody of the receiving team accepts
/// it, and not when it is sent: until then the giving team answers for it.
/// </summary>
public sealed class HandOff
{
    public const int LongestText = 500;

    /// <summary>So long after the offer the receiving team is told again, and twice as long after it the commander. Product policy.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private HandOff() { }

    /// <param name="what">What goes over, and what whoever takes it must know.</param>
    /// <param name="taskId">The task that goes over; null for the whole part of the giving team.</param>
    public HandOff(Guid id, Guid incidentId, Guid fromTeamId, Guid toTeamId, string what, Guid? taskId, Guid offeredBy, DateTimeOffset offeredAt)
    {
        Id = id;
        IncidentId = incidentId;
        FromTeamId = fromTeamId;
        ToTeamId = toTeamId;
        What = what;
        TaskId = taskId;
        OfferedBy = offeredBy;
        OfferedAt = offeredAt;
        NextStepAt = offeredAt + Patience;
    }

    public Guid Id { get; private set; }
    public Guid IncidentId { get; private set; }
    public Guid FromTeamId { get; private set; }
    public Guid ToTeamId { get; private set; }
    public string What { get; private set; } = "";
    public Guid? TaskId { get; private set; }
    public Guid OfferedBy { get; private set; }
    public DateTimeOffset OfferedAt { get; private set; }
    public HandOffState State { get; private set; }

    /// <summary>Who accepted, declined or withdrew it, and when; null while it is offered.</summary>
    public Guid? AnsweredBy { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>Why it was declined.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>How often people were told that nobody had answered.</summary>
    public int Reminders { get; private set; }

    /// <summary>When somebody is told next; null once it is answered, and after the commander was told.</summary>
    public DateTimeOffset? NextStepAt { get; private set; }

    /// <summary>The same team goes on, led by somebody else.</summary>
    public bool IsWithinTeam => FromTeamId == ToTeamId;

    /// <param name="isOfReceiver">The person belongs to the receiving team.</param>
    public Refusal? Accept(Guid person, bool isOfReceiver, DateTimeOffset now) => Answer(HandOffState.Accepted, person, isOfReceiver, "", now);

    /// <param name="reason">Why; whoever offered it has to find another way.</param>
    public Refusal? Decline(Guid person, bool isOfReceiver, string reason, DateTimeOffset now) =>
        reason.Length == 0 ? Refusal.Invalid("Reason", "Say why, so that whoever offered it can find another way.") : Answer(HandOffState.Declined, person, isOfReceiver, reason, now);

    public Refusal? Withdraw(Guid person, DateTimeOffset now)
    {
        if (State != HandOffState.Offered)
            return Answered();
        End(HandOffState.Withdrawn, person, now);
        return null;
    }

    /// <summary>Takes the step that is due.</summary>
    public HandOffStep Step(DateTimeOffset now)
    {
        if (State != HandOffState.Offered || NextStepAt is not { } due || due > now)
            return HandOffStep.Nothing;
        Reminders++;
        NextStepAt = Reminders == 1 ? now + Patience : null;
        return Reminders == 1 ? HandOffStep.Remind : HandOffStep.Escalate;
    }

    /// <summary>It goes on in the incident into which its own was merged.</summary>
    public void MoveTo(Guid incidentId) => IncidentId = incidentId;

    private Refusal? Answer(HandOffState to, Guid person, bool isOfReceiver, string reason, DateTimeOffset now)
    {
        if (State != HandOffState.Offered)
            return Answered();
        if (!isOfReceiver)
            return Refusal.Denied("Somebody of the team that receives it answers this.");
        if (person == OfferedBy && to == HandOffState.Accepted)
            return Refusal.Denied("You offered it. Somebody else must say that they have it.");
        Reason = reason;
        End(to, person, now);
        return null;
    }

    private void End(HandOffState to, Guid person, DateTimeOffset now) => (State, AnsweredBy, AnsweredAt, NextStepAt) = (to, person, now, null);

    private Refusal Answered() => Refusal.Conflict(State == HandOffState.Withdrawn ? "It was taken back." : $"It was {(State == HandOffState.Accepted ? "accepted" : "declined")} already.");
}
