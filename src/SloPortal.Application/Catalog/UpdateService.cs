using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog;

/// <summary>Describes a service anew. Its present team must be the actor's, and so must the one that it is handed to.</summary>
/// <param name="Service">Its present short name.</param>
/// <param name="Slug">The short name from now on.</param>
/// <param name="OwnerTeam">The slug of the team that owns it from now on.</param>
/// <param name="Version">As it was read; another one means that somebody else changed it since.</param>
public sealed record UpdateService(
    string Service, string Slug, string Name, string Description, ServiceTier Tier, string OwnerTeam, IReadOnlyList<ServiceLink> Links, uint Version)
    : IServiceDescription
{
    public sealed class Validator : ServiceRules<UpdateService>;

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(UpdateService request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<UpdateService, Done>(request, actor, Permission.OwnServices, change => ApplyAsync(request, change, ct), ct);

        /// <summary>The same inside a change that does more.</summary>
        internal static async Task<Outcome<Done>> ApplyAsync(UpdateService request, Change change, CancellationToken ct)
        {
            var (service, before, refusal) = await ServiceToChange.FindAsync(change, request.Service, ct);
            if (refusal is not null)
                return refusal;
            if (service!.Version != request.Version)
                return Refusal.Conflict("Somebody else changed this service since you opened it. Your text is still here; open the service in another tab, look at their change, and make yours again.");
            var owner = await ServiceToChange.OwnerAsync(change, request.OwnerTeam, ct);
            if (!owner.Succeeded)
                return owner.Refusal;
            var team = owner.Value;
            if (await change.Db.Services.AnyAsync(s => s.Slug == request.Slug && s.Id != service.Id, ct))
                return ServiceToChange.SlugIsTaken(request.Slug);

            var changes = new FieldChanges()
                .Add("slug", service.Slug, request.Slug).Add("name", service.Name, request.Name.Trim())
                .Add("description", service.Description, request.Description.Trim()).Add("tier", service.Tier, request.Tier)
                .Add("team", before!.Slug, team.Slug).AddList("links", service.Links, request.Links);
            service.Describe(request.Slug, request.Name.Trim(), request.Description.Trim(), request.Tier, team.Id, request.Links);
            change.Audit("service.changed", "service", service.Id, service.Name, changes.Details);
            change.Publish("services");
            return Done.Value;
        }
    }
}
