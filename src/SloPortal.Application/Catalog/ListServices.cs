using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog;

/// <summary>A row of the catalog.</summary>
public sealed record ServiceRow(Guid Id, string Slug, string Name, ServiceTier Tier, string Team, string TeamName, string Description);

/// <summary>The services, by name. The filter looks for its text in name, slug and team.</summary>
/// <param name="Filter">Text to look for; null finds all.</param>
/// <param name="Team">Slug of a team, to see only its services.</param>
/// <param name="Archived">The archived ones instead of those in use.</param>
public sealed record ListServices(string? Filter = null, string? Team = null, bool Archived = false)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<IReadOnlyList<ServiceRow>>> HandleAsync(ListServices request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var rows = from service in db.Services.AsNoTracking()
                       join team in db.Teams on service.OwnerTeamId equals team.Id
                       where (service.ArchivedAt != null) == request.Archived
                       select new { service, team };
            if (!string.IsNullOrWhiteSpace(request.Filter))
            {
                var pattern = TextSearch.Contains(request.Filter);
                rows = rows.Where(r => EF.Functions.ILike(r.service.Name, pattern, "\\") || EF.Functions.ILike(r.service.Slug, pattern, "\\") || EF.Functions.ILike(r.team.Name, pattern, "\\"));
            }
            if (!string.IsNullOrWhiteSpace(request.Team))
                rows = rows.Where(r => r.team.Slug == request.Team);
            return await rows.OrderBy(r => r.service.Name)
                .Select(r => new ServiceRow(r.service.Id, r.service.Slug, r.service.Name, r.service.Tier, r.team.Slug, r.team.Name, r.service.Description))
                .ToListAsync(ct);
        }
    }
}
