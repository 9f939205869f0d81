using SloPortal.Web.Access;
using SloPortal.Web.Catalog;
using SloPortal.Web.Changes;
using SloPortal.Web.Objectives;

namespace SloPortal.Web.Common;

/// <summary>The HTTP API: one group, one policy; each area adds its endpoints.</summary>
internal static class PortalApi
{
    public static void MapPortalApi(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("alive")).AllowAnonymous().ExcludeFromDescription();
        app.MapOpenApi().AllowAnonymous();

        var api = app.MapGroup("/api/v1").RequireAuthorization(AccessPolicies.Api).DisableAntiforgery();
        api.MapCatalog();
        api.MapObjectives();
        api.MapChanges();
    }
}
