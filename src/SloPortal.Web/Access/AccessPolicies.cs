namespace SloPortal.Web.Access;

internal static class AccessPolicies
{
    /// <summary>A signed-in session or a bearer token; scopes and roles are checked by the operations.</summary>
    public const string Api = "api";
}
