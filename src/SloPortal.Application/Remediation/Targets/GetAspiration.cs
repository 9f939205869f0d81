using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Remediation;

namespace SloPortal.Application.Remediation.Targets;

public sealed record AspirationAction(int Number, string Code, string Title, ActionState State, DateOnly DueOn, bool IsOverdue);

/// <param name="Actions">Those that make the target attainable and that the reader may see.</param>
/// <param name="Choices">Open actions of the service and of the team that owns it, what is due first.</param>
public sealed record AspirationActions(IReadOnlyList<AspirationAction> Actions, IReadOnlyList<AspirationAction> Choices);

/// <summary>The work behind a target that is an aim, or that could be.</summary>
public sealed record GetAspiration(Guid Proposal)
{
    private const int Most = 200;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<AspirationActions>> HandleAsync(GetAspiration request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var today = clock.GetUtcNowInMicroseconds().Today();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from p in db.Proposals.AsNoTracking()
                               join o in db.Objectives on p.ObjectiveId equals o.Id
                               join s in db.Services on o.ServiceId equals s.Id
                               where p.Id == request.Proposal
                               select new { Proposal = p, ServiceId = s.Id, s.OwnerTeamId }).SingleOrDefaultAsync(ct);
            if (found is null)
                return Refusal.NotFound("This proposal");
            var linked = found.Proposal.Aspiration?.Actions ?? [];
            var rows = await db.ActionsFor(actor).AsNoTracking()
                .Where(a => linked.Contains(a.Id) || (a.EndedAt == null && (a.ServiceId == found.ServiceId || a.OwnerTeamId == found.OwnerTeamId)))
                .OrderBy(a => a.DueOn).ThenBy(a => a.Number).Take(Most).ToListAsync(ct);
            return new AspirationActions(
                [.. rows.Where(a => linked.Contains(a.Id)).Select(Of)], [.. rows.Where(a => a.IsOpen && !linked.Contains(a.Id)).Select(Of)]);

            AspirationAction Of(ActionItem a) => new(a.Number, a.Code, a.Title, a.State, a.DueOn, a.IsOverdueOn(today));
        }
    }
}
