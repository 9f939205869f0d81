using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.Response.Teams;

/// <summary>How a team stands in an incident.</summary>
public enum TeamState
{
    /// <summary>It is called; nobody of it leads its part yet.</summary>
    Asked,
    Working,
    /// <summary>It cannot go on without somebody else; its note says for what it waits.</summary>
    Waiting,
    /// <summary>Its part is over.</summary>
    Done,
}

/// <summary>A team that works on an incident, its part of it, and who leads that part.</summary>
public sealed class InvolvedTeam
{
    public const int LongestPart = 200;
    public const int LongestNote = 300;

    /// <summary>More cannot be led in one incident. Product policy.</summary>
    public const int Most = 30;

    private InvolvedTeam() { }

    /// <param name="part">What it is to do here.</param>
    public InvolvedTeam(Guid incidentId, Guid teamId, string part, Guid askedBy, DateTimeOffset askedAt)
    {
        IncidentId = incidentId;
        TeamId = teamId;
        Part = part;
        AskedBy = askedBy;
        (AskedAt, StateSince) = (askedAt, askedAt);
    }

    public Guid IncidentId { get; private set; }
    public Guid TeamId { get; private set; }
    public string Part { get; private set; } = "";
    public Guid AskedBy { get; private set; }
    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>Who answers for its part; null until somebody takes it.</summary>
    public Guid? LeadId { get; private set; }

    public TeamState State { get; private set; }

    /// <summary>What it is at, or for what it waits; empty where nobody said.</summary>
    public string Note { get; private set; } = "";

    /// <summary>Since when it stands so.</summary>
    public DateTimeOffset StateSince { get; private set; }

    public bool IsOver => State == TeamState.Done;

    /// <summary>It is called for another part, or again after its first was over.</summary>
    public Refusal? AskAgain(string part, Guid by, DateTimeOffset now)
    {
        if (!IsOver)
            return Refusal.Conflict("This team works on it already.");
        (Part, AskedBy, AskedAt, LeadId) = (part, by, now, null);
        Stand(TeamState.Asked, "", now);
        return null;
    }

    /// <summary>Somebody answers for its part from now on; a team that was only called works on it with that.</summary>
    public Refusal? Lead(Guid person, DateTimeOffset now)
    {
        if (LeadId == person && !IsOver)
            return Refusal.Conflict("They lead it already.");
        LeadId = person;
        if (State is TeamState.Asked or TeamState.Done)
            Stand(TeamState.Working, "", now);
        return null;
    }

    /// <param name="note">What it is at; needed where it waits, since somebody else must see for what.</param>
    public Refusal? Say(TeamState state, string note, DateTimeOffset now)
    {
        if (state == TeamState.Asked)
            return Refusal.Invalid("State", "A team says that it is working, waiting or done. To call it again, ask for it.");
        if (state is TeamState.Working or TeamState.Waiting && LeadId is null)
            return Refusal.Conflict("Nobody leads this team's part yet. Take the lead first.");
        if (state == TeamState.Waiting && note.Length == 0)
            return Refusal.Invalid("Note", "Say for what the team waits, so that somebody can see to it.");
        if (state == State && note == Note)
            return Refusal.Conflict("It stands so already.");
        Stand(state, note, now);
        return null;
    }

    /// <summary>It goes on in the incident into which its own was merged.</summary>
    public InvolvedTeam In(Guid incidentId) => new(incidentId, TeamId, Part, AskedBy, AskedAt) { LeadId = LeadId, State = State, Note = Note, StateSince = StateSince };

    /// <summary>"waiting".</summary>
    public static string Word(TeamState state) => state switch
    {
        TeamState.Asked => "asked",
        TeamState.Working => "working",
        TeamState.Waiting => "waiting",
        TeamState.Done => "done",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    private void Stand(TeamState state, string note, DateTimeOffset now)
    {
        if (state != State)
            StateSince = now;
        (State, Note) = (state, note);
    }
}
