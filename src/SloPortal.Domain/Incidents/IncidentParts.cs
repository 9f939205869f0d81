namespace SloPortal.Domain.Incidents;

/// <summary>A service that the incident touches.</summary>
public sealed record IncidentService(Guid IncidentId, Guid ServiceId);

/// <summary>An objective whose budget it spends.</summary>
public sealed record IncidentObjective(Guid IncidentId, Guid ObjectiveId);

/// <summary>A burn alert that belongs to it.</summary>
public sealed record IncidentAlert(Guid IncidentId, Guid AlertId);

/// <summary>Somebody who may see it while it is restricted.</summary>
public sealed record IncidentReader(Guid IncidentId, Guid PersonId);

/// <summary>Who does what in an incident.</summary>
public enum IncidentRole
{
    /// <summary>Decides and coordinates.</summary>
    Commander,
    /// <summary>Leads the technical work.</summary>
    OperationsLead,
    /// <summary>Tells stakeholders and users.</summary>
    Communications,
    /// <summary>Writes the timeline.</summary>
    Scribe,
}

public static class IncidentRoles
{
    /// <summary>"operations lead".</summary>
    public static string Word(IncidentRole role) => role switch
    {
        IncidentRole.Commander => "commander",
        IncidentRole.OperationsLead => "operations lead",
        IncidentRole.Communications => "communications",
        IncidentRole.Scribe => "scribe",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };
}

/// <summary>The person who holds a role now; who held it before says the timeline.</summary>
public sealed class RoleHolder
{
    private RoleHolder() { }

    public RoleHolder(Guid incidentId, IncidentRole role, Guid personId)
    {
        IncidentId = incidentId;
        Role = role;
        PersonId = personId;
    }

    public Guid IncidentId { get; private set; }
    public IncidentRole Role { get; private set; }
    public Guid PersonId { get; private set; }

    public void HandTo(Guid personId) => PersonId = personId;
}
