using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Objectives.Proposals;

public sealed record PartyChoice(Guid Id, string Name, bool MayOwn);

/// <summary>Who can be named in a proposal about a service: everybody active, and of them the members of its team as owner.</summary>
public sealed record ListParties(string Service)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<IReadOnlyList<PartyChoice>>> HandleAsync(ListParties request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            return await db.Users.AsNoTracking().Where(p => p.DisabledAt == null).OrderBy(p => p.DisplayName)
                .Select(p => new PartyChoice(p.Id, p.DisplayName,
                    db.Services.Any(s => s.Slug == request.Service && db.TeamMembers.Any(m => m.TeamId == s.OwnerTeamId && m.PersonId == p.Id))))
                .ToListAsync(ct);
        }
    }
}
