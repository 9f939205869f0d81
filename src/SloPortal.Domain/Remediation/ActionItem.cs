using System.Globalization;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Remediation;

public enum ActionState
{
    Open,
    InProgress,
    /// <summary>With something that proves it.</summary>
    Done,
    /// <summary>Given up, for a recorded reason.</summary>
    Dropped,
}

public static class ActionStates
{
    /// <summary>"in progress".</summary>
    public static string Word(ActionState state) => state switch
    {
        ActionState.Open => "open",
        ActionState.InProgress => "in progress",
        ActionState.Done => "done",
        ActionState.Dropped => "dropped",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}

/// <summary>Something that a team changes so that it does not happen again, or hurts less.</summary>
public sealed class ActionItem
{
    private ActionItem() { }

    public ActionItem(
        Guid id, string title, string description, Guid ownerTeamId, Guid? assigneeId, DateOnly dueOn,
        Guid? incidentId, Guid? postmortemId, Guid? serviceId, Guid createdBy, DateTimeOffset createdAt)
    {
        Id = id;
        IncidentId = incidentId;
        PostmortemId = postmortemId;
        ServiceId = serviceId;
        CreatedBy = createdBy;
        CreatedAt = createdAt;
        Title = title;
        Plan(title, description, ownerTeamId, assigneeId, dueOn);
    }

    public Guid Id { get; private set; }

    /// <summary>As people call it: 12 in "ACT-12". Given by the database.</summary>
    public int Number { get; private set; }

    public string Title { get; private set; } = "";
    public string Description { get; private set; } = "";
    public Guid OwnerTeamId { get; private set; }
    public Guid? AssigneeId { get; private set; }

    /// <summary>The last day on which it is on time.</summary>
    public DateOnly DueOn { get; private set; }

    public ActionState State { get; private set; }

    /// <summary>What it follows from. Who may not see the incident may not see this.</summary>
    public Guid? IncidentId { get; private set; }
    public Guid? PostmortemId { get; private set; }

    /// <summary>The service that it changes.</summary>
    public Guid? ServiceId { get; private set; }

    public Guid CreatedBy { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Where one sees that it is done: a change, a test, a dashboard.</summary>
    public string? ProofUrl { get; private set; }

    /// <summary>What the proof shows; for what was dropped, why.</summary>
    public string? Outcome { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    /// <summary>"ACT-12".</summary>
    public string Code => CodeOf(Number);

    public static string CodeOf(int number) => "ACT-" + number.ToString(CultureInfo.InvariantCulture);

    public bool IsOpen => State is ActionState.Open or ActionState.InProgress;

    /// <param name="today">The day in UTC.</param>
    public bool IsOverdueOn(DateOnly today) => IsOpen && DueOn < today;

    /// <summary>Members of the owner team, incident commanders and administrators.</summary>
    public bool MayBeChangedBy(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.May(Permission.RunIncidents) || (actor.May(Permission.Respond) && actor.TeamIds.Contains(OwnerTeamId));
    }

    public Refusal? Plan(string title, string description, Guid ownerTeamId, Guid? assigneeId, DateOnly dueOn)
    {
        if (!IsOpen)
            return MustBeOpen();
        Title = title;
        Description = description;
        OwnerTeamId = ownerTeamId;
        AssigneeId = assigneeId;
        DueOn = dueOn;
        return null;
    }

    public Refusal? Begin()
    {
        if (State != ActionState.Open)
            return State == ActionState.InProgress ? Refusal.Conflict("Somebody is at it already.") : MustBeOpen();
        State = ActionState.InProgress;
        return null;
    }

    /// <param name="proofUrl">An http or https address.</param>
    public Refusal? Complete(string proofUrl, string outcome, DateTimeOffset now)
    {
        if (!IsOpen)
            return MustBeOpen();
        ProofUrl = proofUrl;
        End(ActionState.Done, outcome, now);
        return null;
    }

    public Refusal? Drop(string reason, DateTimeOffset now)
    {
        if (!IsOpen)
            return MustBeOpen();
        End(ActionState.Dropped, reason, now);
        return null;
    }

    /// <summary>It was not done after all, or is wanted again.</summary>
    public Refusal? Reopen()
    {
        if (IsOpen)
            return Refusal.Conflict("This action is open.");
        State = ActionState.Open;
        EndedAt = null;
        ProofUrl = null;
        Outcome = null;
        return null;
    }

    private void End(ActionState state, string outcome, DateTimeOffset now)
    {
        State = state;
        Outcome = outcome;
        EndedAt = now;
    }

    private Refusal MustBeOpen() => Refusal.Conflict($"This action is {ActionStates.Word(State)}. Reopen it first.");
}
