using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog;

/// <summary>A service as its page shows it.</summary>
/// <param name="Team">Slug of the team that owns it.</param>
/// <param name="ArchivedAt">Null while it is in use.</param>
/// <param name="Version">Sent back with a change, so that nobody overwrites what they have not seen.</param>
/// <param name="MayChange">Whether the actor may change it.</param>
public sealed record ServiceDetails(
    Guid Id, string Slug, string Name, string Description, ServiceTier Tier, string Team, string TeamName,
    IReadOnlyList<ServiceLink> Links, DateTimeOffset CreatedAt, DateTimeOffset? ArchivedAt, uint Version, bool MayChange);

/// <summary>One service, archived or not.</summary>
public sealed record GetService(string Slug)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<ServiceDetails>> HandleAsync(GetService request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from service in db.Services.AsNoTracking()
                               join team in db.Teams on service.OwnerTeamId equals team.Id
                               where service.Slug == request.Slug
                               select new { service, team.Slug, team.Name }).SingleOrDefaultAsync(ct);
            if (found is null)
                return Refusal.NotFound($"The service \"{request.Slug}\"");
            var s = found.service;
            return new ServiceDetails(s.Id, s.Slug, s.Name, s.Description, s.Tier, found.Slug, found.Name, s.Links,
                s.CreatedAt, s.ArchivedAt, s.Version, actor.MayChangeFor(s.OwnerTeamId));
        }
    }
}
