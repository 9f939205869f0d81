using SloPortal.Application.Catalog;
using SloPortal.Domain.Catalog;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Catalog;

/// <summary>A service as a PUT describes it. The version is the one that was read.</summary>
internal sealed record ServiceBody(
    string Slug, string Name, string Description, ServiceTier Tier, string OwnerTeam, IReadOnlyList<ServiceLink> Links, uint Version);

internal static class CatalogEndpoints
{
    public static void MapCatalog(this RouteGroupBuilder api)
    {
        var services = api.MapGroup("/services").WithTags("Catalog");

        services.MapGet("/", async (string? filter, string? team, bool? archived, ListServices.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListServices(filter, team, archived ?? false), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListServices").WithSummary("The services, by name");

        services.MapPost("/", async (CreateService request, CreateService.Handler create, CurrentActor current, CancellationToken ct) =>
                (await create.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(_ => $"/api/v1/services/{request.Slug}"))
            .WithName("CreateService").WithSummary("Adds a service to the catalog");

        services.MapGet("/{slug}", async (string slug, GetService.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetService(slug), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetService").WithSummary("One service, archived or not");

        services.MapPut("/{slug}", async (string slug, ServiceBody body, UpdateService.Handler update, CurrentActor current, CancellationToken ct) =>
                (await update.HandleAsync(
                    new UpdateService(slug, body.Slug, body.Name, body.Description, body.Tier, body.OwnerTeam, body.Links, body.Version),
                    await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("UpdateService").WithSummary("Describes a service anew; 409 when its version has moved on");

        services.MapPost("/{slug}/archive", async (string slug, ArchiveService.Handler archive, CurrentActor current, CancellationToken ct) =>
                (await archive.HandleAsync(new ArchiveService(slug), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ArchiveService").WithSummary("Takes a service out of the lists; nothing is deleted");

        services.MapPost("/{slug}/restore", async (string slug, RestoreService.Handler restore, CurrentActor current, CancellationToken ct) =>
                (await restore.HandleAsync(new RestoreService(slug), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("RestoreService").WithSummary("Brings an archived service back");
    }
}
