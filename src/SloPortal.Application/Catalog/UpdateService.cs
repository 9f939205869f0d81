using FluentValidation;
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
{
    public sealed class Validator : AbstractValidator<UpdateService>
    {
        public Validator()
        {
            RuleFor(r => r.Slug).MustBeSlug();
            RuleFor(r => r.Name).MustBeServiceName();
            RuleFor(r => r.Description).MustBeServiceDescription();
            RuleFor(r => r.Tier).IsInEnum().WithMessage("A tier is critical, important, standard or low.");
            RuleFor(r => r.OwnerTeam).NotEmpty().WithMessage("Choose the team that owns the service.");
            RuleFor(r => r.Links).MustBeLinks();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(UpdateService request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<UpdateService, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var (service, owner, refusal) = await ServiceToChange.FindAsync(change, request.Service, ct);
                if (refusal is not null)
                    return refusal;
                if (service!.Version != request.Version)
                    return Refusal.Conflict("Somebody else changed this service since you opened it. Your text is still here; open the service in another tab, look at their change, and make yours again.");
                var team = await change.Db.Teams.SingleOrDefaultAsync(t => t.Slug == request.OwnerTeam, ct);
                if (team is null)
                    return Refusal.Invalid(nameof(OwnerTeam), $"There is no team \"{request.OwnerTeam}\".");
                if (!actor.MayChangeFor(team.Id))
                    return Denial.OfTeam(team.Name);
                if (await change.Db.Services.AnyAsync(s => s.Slug == request.Slug && s.Id != service.Id, ct))
                    return ServiceToChange.SlugIsTaken(request.Slug);

                var changes = new FieldChanges()
                    .Add("slug", service.Slug, request.Slug).Add("name", service.Name, request.Name.Trim())
                    .Add("description", service.Description, request.Description.Trim()).Add("tier", service.Tier, request.Tier)
                    .Add("team", owner!.Slug, team.Slug).AddList("links", service.Links, request.Links);
                service.Describe(request.Slug, request.Name.Trim(), request.Description.Trim(), request.Tier, team.Id, request.Links);
                change.Audit("service.changed", "service", service.Id, service.Name, changes.Details);
                change.Publish("services");
                return Done.Value;
            }, ct);
    }
}
