using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog;

/// <summary>Adds a service to the catalog, for a team of the actor.</summary>
public sealed record CreateService(string Slug, string Name, string Description, ServiceTier Tier, string OwnerTeam, IReadOnlyList<ServiceLink> Links)
{
    public sealed class Validator : AbstractValidator<CreateService>
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
        public Task<Outcome<Guid>> HandleAsync(CreateService request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CreateService, Guid>(request, actor, Permission.OwnServices, async change =>
            {
                var team = await change.Db.Teams.SingleOrDefaultAsync(t => t.Slug == request.OwnerTeam, ct);
                if (team is null)
                    return Refusal.Invalid(nameof(OwnerTeam), $"There is no team \"{request.OwnerTeam}\".");
                if (!actor.MayChangeFor(team.Id))
                    return Denial.OfTeam(team.Name);
                if (await change.Db.Services.AnyAsync(s => s.Slug == request.Slug, ct))
                    return ServiceToChange.SlugIsTaken(request.Slug);
                var service = new Service(Guid.CreateVersion7(change.Now), request.Slug, request.Name.Trim(), request.Description.Trim(), request.Tier, team.Id, request.Links, change.Now);
                change.Db.Services.Add(service);
                change.Audit("service.created", "service", service.Id, service.Name, new { request.Slug, request.Tier, Team = team.Slug });
                change.Publish("services");
                return service.Id;
            }, ct);
    }
}
