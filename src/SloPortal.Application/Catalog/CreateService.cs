using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog;

/// <summary>Adds a service to the catalog, for a team of the actor.</summary>
public sealed record CreateService(string Slug, string Name, string Description, ServiceTier Tier, string OwnerTeam, IReadOnlyList<ServiceLink> Links)
    : IServiceDescription
{
    public sealed class Validator : ServiceRules<CreateService>;

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Guid>> HandleAsync(CreateService request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CreateService, Guid>(request, actor, Permission.OwnServices, change => ApplyAsync(request, change, ct), ct);

        /// <summary>The same inside a change that does more.</summary>
        internal static async Task<Outcome<Guid>> ApplyAsync(CreateService request, Change change, CancellationToken ct)
        {
            var owner = await ServiceToChange.OwnerAsync(change, request.OwnerTeam, ct);
            if (!owner.Succeeded)
                return owner.Refusal;
            var team = owner.Value;
            if (await change.Db.Services.AnyAsync(s => s.Slug == request.Slug, ct))
                return ServiceToChange.SlugIsTaken(request.Slug);
            var service = new Service(Guid.CreateVersion7(change.Now), request.Slug, request.Name.Trim(), request.Description.Trim(), request.Tier, team.Id, request.Links, change.Now);
            change.Db.Services.Add(service);
            change.Audit("service.created", "service", service.Id, service.Name, new { request.Slug, request.Tier, Team = team.Slug });
            change.Publish("services");
            return service.Id;
        }
    }
}
