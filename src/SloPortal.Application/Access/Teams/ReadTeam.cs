using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

public sealed record TeamMemberRow(Guid PersonId, string Name, string Email, bool Disabled);

/// <param name="Version">To be given back with a change, so that two editors do not overwrite each other.</param>
public sealed record TeamDetails(Guid Id, string Slug, string Name, string Description, uint Version, IReadOnlyList<TeamMemberRow> Members);

/// <summary>A team and its members, by name.</summary>
public sealed record ReadTeam(string Slug)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<TeamDetails>> HandleAsync(ReadTeam request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var team = await db.Teams.AsNoTracking().SingleOrDefaultAsync(t => t.Slug == request.Slug, ct);
            if (team is null)
                return Refusal.NotFound($"The team \"{request.Slug}\"");
            var members = await db.TeamMembers.Where(m => m.TeamId == team.Id).Join(db.Users, m => m.PersonId, p => p.Id, (_, p) => p)
                .OrderBy(p => p.DisplayName).Select(p => new TeamMemberRow(p.Id, p.DisplayName, p.Email!, p.DisabledAt != null)).ToListAsync(ct);
            return new TeamDetails(team.Id, team.Slug, team.Name, team.Description, team.Version, members);
        }
    }
}
