using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.StatusPages;
using SloPortal.Application.Incidents.StatusPages.Serving;
using SloPortal.Application.Incidents.Updates;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents.StatusPages;
using SloPortal.Domain.Incidents.Updates;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents.Updates;

/// <summary>Incidents of one service that a status page shows as "Shop".</summary>
internal static class UpdateWorld
{
    public static async Task<StatusPageLink> AddPageAsync(
        this IncidentWorld world, string slug = "shop", bool needsApproval = true, StatusPageAudience audience = StatusPageAudience.Everybody) =>
        (await world.Get<AddStatusPage.Handler>().HandleAsync(new(slug, "Shop status", audience, [new(world.Service, "Shop")], needsApproval), world.Administrator, Ct)).Require();

    public static UpdateGiven Given(this IncidentWorld world, ToldState state = ToldState.Investigating, string title = "The shop fails", DateTimeOffset? next = null, params string[] pages) =>
        new(state, title, "We look into it.", next, pages.Length == 0 ? ["shop"] : pages, [new(world.Service, ServiceCondition.Outage)]);

    public static async Task<WrittenUpdate> WriteAsync(this IncidentWorld world, int incident, UpdateGiven? given = null, Actor? by = null) =>
        (await world.Get<WriteUpdate.Handler>().HandleAsync(new(incident, given ?? world.Given()), by ?? world.Responder, Ct)).Require();

    public static async Task<UpdatesRead> UpdatesAsync(this IncidentWorld world, int incident, Actor? by = null) =>
        (await world.Get<GetUpdates.Handler>().HandleAsync(new(incident), by ?? world.Commander, Ct)).Require();

    /// <summary>The page as a reader outside is served it now.</summary>
    public static async Task<StatusPageView?> ServedAsync(this IncidentWorld world, string slug = "shop", string? key = null)
    {
        await world.Get<StatusPageWriter>().SettleAsync(TimeSpan.FromSeconds(30), Ct);
        return await world.Get<StatusPageFiles>().ReadAsync(slug, key, Ct);
    }
}
