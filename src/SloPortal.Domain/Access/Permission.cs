namespace SloPortal.Domain.Access;

/// <summary>What an operation asks of its actor; <see cref="Actor.May"/> holds the rules.</summary>
public enum Permission
{
    Read,
    ReadAudit,
    SendSamples,
    ManageOwnAccount,
    /// <summary>Sign or refuse an agreement in which the actor is named: the word of a signed-in person, which no token gives.</summary>
    Sign,
    /// <summary>Change services, SLIs and objectives; team membership narrows it further.</summary>
    OwnServices,
    /// <summary>Decide about proposed incidents, change status, severity and roles.</summary>
    RunIncidents,
    /// <summary>Declare an incident, write in its timeline, write and review postmortems.</summary>
    Respond,
    /// <summary>Take a copy of many records out of the portal.</summary>
    Export,
    Administer,
}
