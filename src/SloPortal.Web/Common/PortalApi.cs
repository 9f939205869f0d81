using SloPortal.Web.Access;
using SloPortal.Web.Audit;
using SloPortal.Web.Budgets;
using SloPortal.Web.Catalog;
using SloPortal.Web.Measurement;
using SloPortal.Web.Changes;
using SloPortal.Web.Objectives;
using SloPortal.Web.Reviews;

namespace SloPortal.Web.Common;

/// <summary>The HTTP API: one group, one policy; each area adds its endpoints.</summary>
internal static class PortalApi
{
    /// <summary>Whether a path is for programs, which get statuses and problem details and are never redirected.</summary>
    public static bool Owns(PathString path) => path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    public static void MapPortalApi(this WebApplication app)
    {
        app.MapHealth();
        app.MapApiDocument();

        var api = app.MapGroup("/api/v1").RequireAuthorization(AccessPolicies.Api).DisableAntiforgery().RefuseCrossSiteChanges();
        api.MapAccess();
        api.MapAudit();
        api.MapPalette();
        api.MapCatalog();
        api.MapMeasurement();
        api.MapObjectives();
        api.MapBudgets();
        api.MapAlerts();
        api.MapChanges();
        api.MapReviews();
        api.MapIngest();
    }
}
