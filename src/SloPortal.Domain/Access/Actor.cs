using System.Collections.Immutable;

namespace SloPortal.Domain.Access;

public enum ActorKind
{
    Person,
    Token,
    System,
}

/// <summary>
/// Who does something: a person in the browser, an API token that acts for a person, or the portal itself. Every operation
/// is handed one and asks it for permission, so that a page, an HTTP call and a background pass meet the same rule.
/// </summary>
public sealed record Actor
{
    public required ActorKind Kind { get; init; }

    /// <summary>The person (also behind a token); empty for the portal itself.</summary>
    public Guid PersonId { get; init; }

    public Guid? TokenId { get; init; }

    /// <summary>As the audit shows it.</summary>
    public required string Name { get; init; }

    /// <summary>IANA id of the zone in which the person wants to read times; null follows their browser.</summary>
    public string? TimeZone { get; init; }

    public ImmutableHashSet<Role> Roles { get; init; } = [];

    public ImmutableHashSet<Guid> TeamIds { get; init; } = [];

    /// <summary>Only for tokens; a person's session is not limited by scope.</summary>
    public TokenScope Scopes { get; init; } = TokenScope.Ingest | TokenScope.Read | TokenScope.Write;

    public bool IsAdministrator => Kind == ActorKind.System || Roles.Contains(Role.Administrator);

    public bool MayRead => Kind == ActorKind.System || Scopes.HasFlag(TokenScope.Read);

    /// <summary>Auditors change nothing, whatever other role they hold, unless they are administrators.</summary>
    private bool MayChangeAnything =>
        Kind == ActorKind.System || (Scopes.HasFlag(TokenScope.Write) && (IsAdministrator || !Roles.Contains(Role.Auditor)));

    public bool May(Permission permission) => permission switch
    {
        Permission.Read => MayRead,
        Permission.ReadAudit => MayRead && (IsAdministrator || Roles.Contains(Role.Auditor)),
        Permission.SendSamples => Kind == ActorKind.System || (Scopes.HasFlag(TokenScope.Ingest) && (IsAdministrator || !Roles.Contains(Role.Auditor))),
        Permission.ManageOwnAccount => Kind == ActorKind.Person,
        Permission.Sign => Kind == ActorKind.Person && MayChangeAnything,
        Permission.OwnServices => MayChangeAnything && (IsAdministrator || Roles.Contains(Role.ServiceOwner)),
        Permission.RunIncidents => MayChangeAnything && (IsAdministrator || Roles.Contains(Role.IncidentCommander)),
        Permission.Respond => MayChangeAnything,
        Permission.Export => MayRead && (IsAdministrator || Roles.Overlaps([Role.Auditor, Role.IncidentCommander, Role.ServiceOwner])),
        Permission.Administer => MayChangeAnything && IsAdministrator,
        _ => throw new ArgumentOutOfRangeException(nameof(permission), permission, null),
    };

    /// <summary>Whether the actor may change what belongs to a team.</summary>
    public bool MayChangeFor(Guid teamId) =>
        May(Permission.OwnServices) && (IsAdministrator || TeamIds.Contains(teamId));

    /// <summary>The portal acting by itself: background passes, set-up from environment variables, demo data.</summary>
    public static Actor System(string duty) => new() { Kind = ActorKind.System, Name = $"SloPortal ({duty})" };
}
