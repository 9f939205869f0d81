namespace SloPortal.Domain.Access;

/// <summary>What an operation asks of its actor; <see cref="Actor.May"/> holds the rules.</summary>
public enum Permission
{
    Read,
    ReadAudit,
    SendSamples,
    ManageOwnAccount,
    /// <summary>Sign an agreement in which the actor is named.</summary>
    Sign,
    /// <summary>Change services, SLIs and objectives; team membership narrows it further.</summary>
    OwnServices,
    RunIncidents,
    Administer,
}
