using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Objectives.Proposals;

public sealed record PartyChoice(Guid Id, string Name, bool MayOwn);

public sealed record SliChoice(string Slug, string Name);

/// <param name="MayPropose">The actor may propose for this service.</param>
public sealed record ProposalChoices(string ServiceName, string TeamName, bool MayPropose, IReadOnlyList<SliChoice> Slis, IReadOnlyList<PartyChoice> People);

/// <summary>What a proposal about a service can name: its SLIs, everybody active, and of them the members of its team as owner.</summary>
public sealed record GetProposalChoices(string Service)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<ProposalChoices>> HandleAsync(GetProposalChoices request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var service = await (from s in db.Services.AsNoTracking()
                                 join t in db.Teams on s.OwnerTeamId equals t.Id
                                 where s.Slug == request.Service && s.ArchivedAt == null
                                 select new { s.Id, s.Name, TeamId = t.Id, TeamName = t.Name }).SingleOrDefaultAsync(ct);
            if (service is null)
                return Refusal.NotFound($"The service \"{request.Service}\"");
            return new ProposalChoices(
                service.Name, service.TeamName, actor.MayChangeFor(service.TeamId),
                await db.Slis.AsNoTracking().Where(s => s.ServiceId == service.Id && s.ArchivedAt == null).OrderBy(s => s.Name).Select(s => new SliChoice(s.Slug, s.Name)).ToListAsync(ct),
                await db.Users.AsNoTracking().Where(Signers.Of(db)).OrderBy(p => p.DisplayName)
                    .Select(p => new PartyChoice(p.Id, p.DisplayName, db.TeamMembers.Any(m => m.TeamId == service.TeamId && m.PersonId == p.Id))).ToListAsync(ct));
        }
    }
}
