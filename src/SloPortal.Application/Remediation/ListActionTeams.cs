using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Remediation;

public sealed record TeamPerson(Guid Id, string Name);

/// <summary>A team that can be given something to do, and who of it can do it.</summary>
public sealed record ActionTeam(string Slug, string Name, IReadOnlyList<TeamPerson> Members);

/// <summary>All teams with their members, by name.</summary>
public sealed record ListActionTeams
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<IReadOnlyList<ActionTeam>>> HandleAsync(ListActionTeams request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            return await db.Teams.AsNoTracking().OrderBy(t => t.Name)
                .Select(t => new ActionTeam(
                    t.Slug, t.Name,
                    db.Users.Where(p => p.DisabledAt == null && db.TeamMembers.Any(m => m.TeamId == t.Id && m.PersonId == p.Id)).OrderBy(p => p.DisplayName).Select(p => new TeamPerson(p.Id, p.DisplayName)).ToList()))
                .ToListAsync(ct);
        }
    }
}
