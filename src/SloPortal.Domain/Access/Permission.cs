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
    RunIncidents,
    Administer,
}
