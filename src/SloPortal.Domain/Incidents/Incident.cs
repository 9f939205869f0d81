using SloPortal.Domain.Access;
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
        TriageRound = 1;
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

    /// <summary>Since when its people meet in a war room, the last time; null while none was opened.</summary>
    public DateTimeOffset? WarRoomOpenedAt { get; private set; }

    /// <summary>When they no longer did; null while they do, and where they never did.</summary>
    public DateTimeOffset? WarRoomClosedAt { get; private set; }

    /// <summary>Where they talk, an https address; null while nobody said.</summary>
    public string? CallLink { get; private set; }

    /// <summary>
    /// How often the portal was asked to look up what may help to find the cause: when it was declared, with each service that came to it, and when
    /// somebody asked. What was found in the last round stands in the timeline.
    /// </summary>
    public int TriageRound { get; private set; }

    /// <summary>Only its <see cref="Readers"/> know that it exists.</summary>
    public bool IsRestricted { get; private set; }

    /// <summary>The incident that goes on in its place.</summary>
    public Guid? MergedIntoId { get; private set; }

    /// <summary>Since when that one shows these entries among its own.</summary>
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
                if (HasWarRoom)
                    WarRoomClosedAt = occurredAt > WarRoomOpenedAt ? occurredAt : WarRoomOpenedAt;
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

    public bool HasWarRoom => WarRoomOpenedAt is not null && WarRoomClosedAt is null;

    /// <summary>Its people meet in one place from now on.</summary>
    /// <param name="callLink">Null keeps the one that it had.</param>
    public Refusal? OpenWarRoom(string? callLink, DateTimeOffset now)
    {
        if (IsMerged)
            return MustNotBeMerged();
        if (HasWarRoom)
            return Refusal.Conflict($"{Code} has a war room already.");
        if (!IncidentStatusRules.IsOpen(Status))
            return Refusal.Conflict($"{Code} is {IncidentStatusRules.Word(Status)}, so nobody needs a war room for it. Take it back to acknowledged first.");
        (WarRoomOpenedAt, WarRoomClosedAt, CallLink) = (now, null, callLink ?? CallLink);
        return null;
    }

    /// <summary>Its people go apart; who does what and what is still to do stays.</summary>
    public Refusal? CloseWarRoom(DateTimeOffset now)
    {
        if (!HasWarRoom)
            return Refusal.Conflict($"{Code} has no open war room.");
        WarRoomClosedAt = now;
        return null;
    }

    /// <param name="link">Null where they talk nowhere.</param>
    public Refusal? SayCallLink(string? link)
    {
        if (!HasWarRoom)
            return Refusal.Conflict($"{Code} has no open war room. Open one first.");
        if (link == CallLink)
            return Refusal.Conflict(link is null ? "No call is given." : "This is the link already.");
        CallLink = link;
        return null;
    }

    public void Describe(string title, string summary)
    {
        Title = title;
        Summary = summary;
    }

    /// <summary>Corrects when users felt it, and how many.</summary>
    public Refusal? ChangeImpact(DateTimeOffset startedAt, DateTimeOffset? endedAt, long? usersAffected)
    {
        if (endedAt < startedAt)
            return Refusal.Invalid("EndedAt", "It ends before it starts. Check both times.");
        if (usersAffected < 0)
            return Refusal.Invalid("UsersAffected", "The number of users is 0 or more, or left out where nobody knows.");
        StartedAt = startedAt;
        EndedAt = endedAt;
        UsersAffected = usersAffected;
        return null;
    }

    /// <summary>Whether the actor decides here: incident commanders by their role in the portal, and whoever commands this one.</summary>
    public bool MayBeRunBy(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.May(Permission.RunIncidents) || (actor.May(Permission.Respond) && HolderOf(IncidentRole.Commander) == actor.PersonId);
    }

    public Guid[] ServiceIds => [.. Services.Select(s => s.ServiceId)];

    public Guid[] ObjectiveIds => [.. Objectives.Select(o => o.ObjectiveId)];

    public Guid? HolderOf(IncidentRole role) => Roles.Find(r => r.Role == role)?.PersonId;

    /// <summary>Gives a role to somebody, or leaves it open.</summary>
    public Refusal? Assign(IncidentRole role, Guid? person)
    {
        if (person is { } reader && !MayBeSeenBy(reader))
            return Refusal.Invalid("Person", "This incident is restricted, and they may not see it. Name them among its readers first.");
        var holder = Roles.Find(r => r.Role == role);
        if (person is not { } id)
            Roles.RemoveAll(r => r.Role == role);
        else if (holder is null)
            Roles.Add(new RoleHolder(Id, role, id));
        else
            holder.HandTo(id);
        return null;
    }

    /// <summary>Says anew which services and objectives it touches.</summary>
    public void ChangeAffected(IReadOnlyCollection<Guid> services, IReadOnlyCollection<Guid> objectives)
    {
        Services.RemoveAll(s => !services.Contains(s.ServiceId));
        if (services.Except(Services.Select(s => s.ServiceId)).Any())
            TriageRound++;
        Services.AddRange(services.Except(Services.Select(s => s.ServiceId)).ToList().ConvertAll(id => new IncidentService(Id, id)));
        Objectives.RemoveAll(o => !objectives.Contains(o.ObjectiveId));
        Objectives.AddRange(objectives.Except(Objectives.Select(o => o.ObjectiveId)).ToList().ConvertAll(id => new IncidentObjective(Id, id)));
    }

    /// <summary>A burn alert belongs to it, and so do the objective and the service that it is about.</summary>
    public void Join(Guid alert, Guid objective, Guid service)
    {
        if (Alerts.TrueForAll(a => a.AlertId != alert))
            Alerts.Add(new IncidentAlert(Id, alert));
        if (Objectives.TrueForAll(o => o.ObjectiveId != objective))
            Objectives.Add(new IncidentObjective(Id, objective));
        if (Services.TrueForAll(s => s.ServiceId != service))
        {
            Services.Add(new IncidentService(Id, service));
            TriageRound++;
        }
    }

    /// <summary>What may help to find the cause is looked up again.</summary>
    public Refusal? AskTriage()
    {
        if (!IncidentStatusRules.IsOpen(Status))
            return Refusal.Conflict($"{Code} is {IncidentStatusRules.Word(Status)}. What was found while it was open stands in its timeline.");
        TriageRound++;
        return null;
    }

    public bool MayBeSeenBy(Guid person) => !IsRestricted || Readers.Exists(r => r.PersonId == person);

    /// <summary>Lets only these people see it from now on. Whoever holds a role must be one of them.</summary>
    public Refusal? Restrict(IReadOnlyCollection<Guid> readers)
    {
        if (Roles.Find(r => !readers.Contains(r.PersonId)) is { } shutOut)
            return Refusal.Invalid("Readers", $"The {IncidentRoles.Word(shutOut.Role)} of {Code} would no longer see it. Name them too, or hand the role over first.");
        IsRestricted = true;
        Readers.RemoveAll(r => !readers.Contains(r.PersonId));
        Readers.AddRange(readers.Except(Readers.Select(r => r.PersonId)).ToList().ConvertAll(id => new IncidentReader(Id, id)));
        return null;
    }

    public void LiftRestriction()
    {
        IsRestricted = false;
        Readers.Clear();
    }

    /// <summary>
    /// Ends here and goes on in another incident, which shows these entries among its own and takes over alerts, services and
    /// objectives. Where either is restricted, both are afterwards, to those who could see both before.
    /// </summary>
    /// <param name="narrow">Somebody who sees one of them now will see neither, and that is meant.</param>
    public Refusal? MergeInto(Incident other, DateTimeOffset now, bool narrow = false)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Id == Id)
            return Refusal.Invalid("Into", "An incident cannot be merged into itself. Choose another.");
        if (IsMerged || other.IsMerged)
            return Refusal.Conflict("One of the two is merged already. Merge the incident in which it goes on.");
        if ((IsRestricted || other.IsRestricted) && ShareReadersWith(other, narrow) is { } refusal)
            return refusal;
        MergedIntoId = other.Id;
        MergedAt = now;
        ClosedAt ??= now;
        Status = IncidentStatus.Closed;
        if (StartedAt < other.StartedAt)
            other.StartedAt = StartedAt;
        if (HasWarRoom && !other.HasWarRoom)
            (other.WarRoomOpenedAt, other.WarRoomClosedAt, other.CallLink) = (WarRoomOpenedAt, null, CallLink ?? other.CallLink);
        other.ChangeAffected([.. other.Services.Concat(Services).Select(s => s.ServiceId)], [.. other.Objectives.Concat(Objectives).Select(o => o.ObjectiveId)]);
        other.Alerts.AddRange(Alerts.Select(a => a.AlertId).Except(other.Alerts.Select(a => a.AlertId)).ToList().ConvertAll(id => new IncidentAlert(other.Id, id)));
        Services.Clear();
        Objectives.Clear();
        Alerts.Clear();
        return null;
    }

    /// <summary>It was merged into one that is merged in its turn: it goes on where that one does.</summary>
    public void FollowInto(Incident other, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(other);
        MergedIntoId = other.Id;
        MergedAt = now;
    }

    /// <summary>Of a merged incident: it is seen by whoever sees the one in which it goes on.</summary>
    public void FollowRestriction(Incident survivor)
    {
        ArgumentNullException.ThrowIfNull(survivor);
        // Its roles are history; they hinder nothing.
        Roles.RemoveAll(r => !survivor.MayBeSeenBy(r.PersonId));
        if (survivor.IsRestricted)
            Restrict([.. survivor.Readers.Select(r => r.PersonId)]);
        else
            LiftRestriction();
    }

    private Refusal? ShareReadersWith(Incident other, bool narrow)
    {
        var readers = (IsRestricted ? this : other).Readers.Select(r => r.PersonId).Where(p => MayBeSeenBy(p) && other.MayBeSeenBy(p)).ToHashSet();
        var same = IsRestricted && other.IsRestricted && readers.Count == Readers.Count && readers.Count == other.Readers.Count;
        if (!same && !narrow)
        {
            return Refusal.Invalid("ConfirmRestriction",
                "The two are not visible to the same people. Merged, only those see it who may see both now. Confirm that, or change a restriction first.");
        }
        if (other.Restrict(readers) is { } refusal)
            return refusal;
        FollowRestriction(other);
        return null;
    }

    public static Refusal MustNotBeMerged() => Refusal.Conflict("This incident was merged and goes on in another. Write there.");

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
