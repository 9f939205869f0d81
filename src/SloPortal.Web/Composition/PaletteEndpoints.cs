using Microsoft.AspNetCore.Http.HttpResults;
using SloPortal.Web.Access;
using SloPortal.Web.Budgets;
using SloPortal.Web.Catalog;
using SloPortal.Web.Common;
using SloPortal.Web.Incidents;
using SloPortal.Web.Incidents.OnCall;
using SloPortal.Web.Measurement;
using SloPortal.Web.Remediation;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Composition;

internal static class PaletteEndpoints
{
    public static IServiceCollection AddPalette(this IServiceCollection services) => services
        .AddTransient<FindAnything>()
        .AddTransient<IPaletteEntries, PagePaletteEntries>()
        .AddTransient<IPaletteEntries, ServicePaletteEntries>()
        .AddTransient<IPaletteEntries, ObjectivePaletteEntries>()
        .AddTransient<IPaletteEntries, SliPaletteEntries>()
        .AddTransient<IPaletteEntries, IncidentPaletteEntries>()
        .AddTransient<IPaletteEntries, SchedulePaletteEntries>()
        .AddTransient<IPaletteEntries, ActionPaletteEntries>()
        .AddTransient<IPaletteEntries, TeamPaletteEntries>();

    public static void MapPalette(this RouteGroupBuilder api) =>
        api.MapGet("/find", async Task<Ok<IReadOnlyList<PaletteEntry>>> (string? q, FindAnything find, CurrentActor current, CancellationToken ct) =>
                TypedResults.Ok(await find.HandleAsync(q, await current.GetAsync(ct), ct)))
            .WithTags("Catalog").WithName("FindAnything").WithSummary("Pages, actions and things by name, as the command palette shows them");
}
