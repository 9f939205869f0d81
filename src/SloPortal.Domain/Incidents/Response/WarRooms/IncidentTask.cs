using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.Response.WarRooms;

public enum TaskState
{
    Open,
    Done,
    NotNeeded,
}

/// <summary>Something to do while the incident lasts: a step of a role's checklist, or what somebody asked for.</summary>
public sealed class IncidentTask
{
    public const int LongestTitle = 200;

    /// <summary>More cannot be led in one incident. Product policy.</summary>
    public const int MostOpen = 100;

    private IncidentTask() { }

    /// <param name="role">Of whose checklist it is a step; null for what somebody asked for.</param>
    /// <param name="place">In the checklist, or among what was asked for, from 1.</param>
    public IncidentTask(Guid id, Guid incidentId, string title, IncidentRole? role, int place, Guid addedBy, DateTimeOffset addedAt)
    {
        Id = id;
        IncidentId = incidentId;
        Title = title;
        Role = role;
        Place = place;
        AddedBy = addedBy;
        AddedAt = addedAt;
    }

    public Guid Id { get; private set; }
    public Guid IncidentId { get; private set; }
    public string Title { get; private set; } = "";

    /// <summary>Of whose checklist it is a step: it is for whoever holds the role.</summary>
    public IncidentRole? Role { get; private set; }

    public int Place { get; private set; }

    /// <summary>Whom it was given to; null for a step, and while nobody has it.</summary>
    public Guid? AssigneeId { get; private set; }

    /// <summary>The team whose part it belongs to; null where it is for no team in particular.</summary>
    public Guid? TeamId { get; private set; }

    public Guid AddedBy { get; private set; }
    public DateTimeOffset AddedAt { get; private set; }
    public TaskState State { get; private set; }

    /// <summary>Who said so last, and when; null while it was always open.</summary>
    public Guid? MovedBy { get; private set; }
    public DateTimeOffset? MovedAt { get; private set; }

    public bool IsStep => Role is not null;

    public Refusal? Move(TaskState to, Guid by, DateTimeOffset now)
    {
        if (to == State)
            return Refusal.Conflict($"This is {Word(to)} already.");
        (State, MovedBy, MovedAt) = (to, by, now);
        return null;
    }

    /// <param name="person">Null takes it from whoever has it.</param>
    public Refusal? GiveTo(Guid? person)
    {
        if (IsStep)
            return Refusal.Conflict("A step of a checklist is for whoever holds the role. Assign the role instead.");
        if (person == AssigneeId)
            return Refusal.Conflict(person is null ? "Nobody has this task." : "They have this task already.");
        AssigneeId = person;
        return null;
    }

    /// <summary>It belongs to the part of another team from now on, and is for whoever of it takes it.</summary>
    /// <param name="person">Who has it there; null where nobody does yet.</param>
    public void PassTo(Guid team, Guid? person) => (TeamId, AssigneeId) = (team, person);

    /// <summary>It goes on in the incident into which its own was merged.</summary>
    public void MoveTo(Guid incidentId, int place) => (IncidentId, Place) = (incidentId, place);

    /// <summary>"not needed".</summary>
    public static string Word(TaskState state) => state switch
    {
        TaskState.Open => "open",
        TaskState.Done => "done",
        TaskState.NotNeeded => "not needed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
