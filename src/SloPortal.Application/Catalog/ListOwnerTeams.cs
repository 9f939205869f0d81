using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog;

/// <summary>A team to choose.</summary>
public sealed record OwnerTeam(string Slug, string Name);

/// <summary>The teams for which the actor may own a service, by name.</summary>
public sealed record ListOwnerTeams
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<IReadOnlyList<OwnerTeam>>> HandleAsync(ListOwnerTeams request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.OwnServices))
                return Denial.Of(actor, Permission.OwnServices);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var mine = actor.TeamIds.ToArray();
            var all = actor.IsAdministrator;
            return await db.Teams.AsNoTracking().Where(t => all || mine.Contains(t.Id)).OrderBy(t => t.Name)
                .Select(t => new OwnerTeam(t.Slug, t.Name)).ToListAsync(ct);
        }
    }
}
