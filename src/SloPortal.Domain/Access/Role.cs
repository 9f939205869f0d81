namespace SloPortal.Domain.Access;

/// <summary>What a person is in the portal. A person may hold several; every signed-in person may at least read.</summary>
public enum Role
{
    /// <summary>Reads everything that is not restricted.</summary>
    Viewer,
    /// <summary>Changes services, SLIs and objectives of the teams that they belong to.</summary>
    ServiceOwner,
    /// <summary>Runs incidents.</summary>
    IncidentCommander,
    /// <summary>Reads all that is not restricted, the audit included, and exports; changes nothing.</summary>
    Auditor,
    /// <summary>Everything, people and sources included.</summary>
    Administrator,
}
