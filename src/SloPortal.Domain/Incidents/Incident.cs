using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents;

/// <summary>
/// Something that users feel or may feel, and that people work on together. What happened stands in its timeline, which nobody can
/// change; this is how it stands now.
/// </summary>
public sealed class Incident
{
    private Incident() { }

    public Incident(Guid id, string title, string summary, IncidentSeverity severity, DateTimeOffset startedAt, Guid declaredBy, DateTimeOffset declaredAt)
    {
        Id = id;
        Title = title;
        Summary = summary;
        Severity = severity;
        StartedAt = startedAt;
        DeclaredBy = declaredBy;
        DeclaredAt = declaredAt;
    }

    public Guid Id { get; private set; }

    /// <summary>As people call it: 42 in "INC-42". Given by the database.</summary>
    public int Number { get; private set; }

    public string Title { get; private set; } = "";
    public string Summary { get; private set; } = "";
    public IncidentStatus Status { get; private set; }
    public IncidentSeverity Severity { get; private set; }

    /// <summary>When users first felt it, as far as is known; when that was entered says the timeline.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>When users no longer felt it; null while they may.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public Guid DeclaredBy { get; private set; }
    public DateTimeOffset DeclaredAt { get; private set; }

    /// <summary>When it last became so, as it happened and not as it was entered.</summary>
    public DateTimeOffset? AcknowledgedAt { get; private set; }
    public DateTimeOffset? MitigatedAt { get; private set; }
    public DateTimeOffset? ResolvedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>People affected, where somebody counted or estimated them.</summary>
    public long? UsersAffected { get; private set; }

    /// <summary>Only its <see cref="Readers"/> know that it exists.</summary>
    public bool IsRestricted { get; private set; }

    /// <summary>The incident that goes on in its place.</summary>
    public Guid? MergedIntoId { get; private set; }
    public DateTimeOffset? MergedAt { get; private set; }

    public List<IncidentService> Services { get; } = [];
    public List<IncidentObjective> Objectives { get; } = [];
    public List<IncidentAlert> Alerts { get; } = [];
    public List<RoleHolder> Roles { get; } = [];

    /// <summary>Who may see it while it is restricted.</summary>
    public List<IncidentReader> Readers { get; } = [];

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    /// <summary>"INC-42".</summary>
    public string Code => CodeOf(Number);

    public static string CodeOf(int number) => "INC-" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public bool IsMerged => MergedIntoId is not null;

    /// <summary>From when users first felt it to when they no longer did, or to now.</summary>
    public Interval ImpactAt(DateTimeOffset now) => new(StartedAt, Later(EndedAt ?? now, StartedAt));

    /// <summary>Takes the next status, as of when it happened.</summary>
    /// <returns>A sentence that says which are legal, where this one is not.</returns>
    public Refusal? ChangeStatus(IncidentStatus to, DateTimeOffset occurredAt)
    {
        if (IsMerged)
            return MustNotBeMerged();
        if (IncidentStatusRules.WhyNot(Status, to) is { } why)
            return Refusal.Conflict(why);
        if (occurredAt < StartedAt)
            return Refusal.Invalid("It cannot have become so before it started. Correct the start first, or give a later time.");
        var comesBack = to == IncidentStatus.Acknowledged && !IncidentStatusRules.Hurts(Status);
        switch (to)
        {
            case IncidentStatus.Acknowledged:
                AcknowledgedAt = occurredAt;
                break;
            case IncidentStatus.Mitigated:
                MitigatedAt = occurredAt;
                break;
            case IncidentStatus.Resolved:
                ResolvedAt = occurredAt;
                break;
            case IncidentStatus.Closed:
                ClosedAt = occurredAt;
                break;
        }
        if (comesBack)
            EndedAt = null;
        else if (to is IncidentStatus.Mitigated or IncidentStatus.Resolved)
            EndedAt ??= occurredAt;
        Status = to;
        return null;
    }

    public void ChangeSeverity(IncidentSeverity severity) => Severity = severity;

    public void Describe(string title, string summary)
    {
        Title = title;
        Summary = summary;
    }

    /// <summary>Corrects when users felt it, and how many.</summary>
    public Refusal? ChangeImpact(DateTimeOffset startedAt, DateTimeOffset? endedAt, long? usersAffected)
    {
        if (endedAt < startedAt)
            return Refusal.Invalid("endedAt", "It ends before it starts. Check both times.");
        if (usersAffected < 0)
            return Refusal.Invalid("usersAffected", "The number of users is 0 or more, or left out where nobody knows.");
        StartedAt = startedAt;
        EndedAt = endedAt;
        UsersAffected = usersAffected;
        return null;
    }

    /// <summary>Lets only these people see it from now on.</summary>
    public void Restrict(IEnumerable<Guid> readers)
    {
        IsRestricted = true;
        Readers.Clear();
        Readers.AddRange(readers.Distinct().Select(id => new IncidentReader(Id, id)));
    }

    public void LiftRestriction()
    {
        IsRestricted = false;
        Readers.Clear();
    }

    /// <summary>Ends here and goes on in another incident, which shows these entries among its own.</summary>
    public Refusal? MergeInto(Incident other, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Id == Id)
            return Refusal.Invalid("An incident cannot be merged into itself. Choose another.");
        if (IsMerged || other.IsMerged)
            return Refusal.Conflict("One of the two is merged already. Merge the incident in which it goes on.");
        MergedIntoId = other.Id;
        MergedAt = now;
        ClosedAt ??= now;
        Status = IncidentStatus.Closed;
        if (StartedAt < other.StartedAt)
            other.StartedAt = StartedAt;
        return null;
    }

    public static Refusal MustNotBeMerged() => Refusal.Conflict("This incident was merged and goes on in another. Write there.");

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
