using SloPortal.Application.Catalog;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Catalog;

internal static class CatalogEndpoints
{
    public static void MapCatalog(this RouteGroupBuilder api)
    {
        var services = api.MapGroup("/services").WithTags("Catalog");

        services.MapGet("/", async (string? filter, string? team, ListServices.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListServices(filter, team), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListServices").WithSummary("The services, by name");

        services.MapPost("/", async (CreateService request, CreateService.Handler create, CurrentActor current, CancellationToken ct) =>
                (await create.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(_ => $"/api/v1/services/{request.Slug}"))
            .WithName("CreateService").WithSummary("Adds a service to the catalog");
    }
}
