using SloPortal.Domain.Access;

namespace SloPortal.Web.Access;

/// <summary>Roles, scopes and states as people read them.</summary>
internal static class RoleWords
{
    public static IReadOnlyList<Role> All { get; } = Enum.GetValues<Role>();

    public static string Of(Role role) => role switch
    {
        Role.Viewer => "Viewer",
        Role.ServiceOwner => "Service owner",
        Role.IncidentCommander => "Incident commander",
        Role.Auditor => "Auditor",
        Role.Administrator => "Administrator",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    public static string Explain(Role role) => role switch
    {
        Role.Viewer => "Reads everything that is not restricted.",
        Role.ServiceOwner => "Changes services, SLIs and objectives of their teams.",
        Role.IncidentCommander => "Runs incidents.",
        Role.Auditor => "Reads the audit too and exports; changes nothing, whatever other role they hold.",
        Role.Administrator => "Everything, people and sources included.",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    public static string Join(IReadOnlyList<Role> roles) => roles.Count == 0 ? "no role" : string.Join(", ", roles.Select(Of));

    public static string Explain(TokenScope scope) => scope switch
    {
        TokenScope.Ingest => "Send samples and deployments.",
        TokenScope.Read => "Read what you may read.",
        TokenScope.Write => "Change what you may change.",
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, null),
    };
}
