using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>Why an actor may not do something, and who can grant it.</summary>
public static class Denial
{
    public static Refusal Of(Actor actor, Permission permission)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Kind == ActorKind.Token && permission == Permission.Sign)
            return Refusal.Denied("An API token cannot sign or refuse a proposal, since that is the word of a person. Sign in to the portal and decide there.");
        if (actor.Kind == ActorKind.Token && permission == Permission.ManageOwnAccount)
            return Refusal.Denied("Only a signed-in person can do this; an API token cannot.");
        if (actor.Kind == ActorKind.Token && ScopeFor(permission) is var scope && !actor.Scopes.HasFlag(scope))
            return Refusal.Denied($"This token lacks the scope \"{scope.ToString().ToLowerInvariant()}\". Make a token with it under Settings, API tokens.");
        return Refusal.Denied(permission switch
        {
            Permission.Read => "You may not read this. An administrator can give you a role.",
            Permission.ReadAudit => "Only auditors and administrators read the audit. An administrator can give you the role.",
            Permission.SendSamples => "Auditors send no samples. Use a token of another person.",
            Permission.ManageOwnAccount => "Only a signed-in person can do this.",
            Permission.Sign => "Your role reads only and signs nothing. An administrator can give you another role.",
            Permission.OwnServices => "This needs the role service owner. An administrator can give it to you.",
            Permission.RunIncidents => "This needs the role incident commander. An administrator can give it to you.",
            Permission.Respond => "Your role reads only. An administrator can give you another role.",
            Permission.Export => "Auditors, service owners and incident commanders export. An administrator can give you one of these roles.",
            Permission.Administer => "Only administrators can do this.",
            _ => throw new ArgumentOutOfRangeException(nameof(permission), permission, null),
        });
    }

    /// <summary>The actor has the role, but not for this team.</summary>
    public static Refusal OfTeam(string teamName) =>
        Refusal.Denied($"This belongs to the team {teamName}, of which you are not a member. A member of it or an administrator can do it, or add you.");

    private static TokenScope ScopeFor(Permission permission) => permission switch
    {
        Permission.Read or Permission.ReadAudit or Permission.Export => TokenScope.Read,
        Permission.SendSamples => TokenScope.Ingest,
        _ => TokenScope.Write,
    };
}
