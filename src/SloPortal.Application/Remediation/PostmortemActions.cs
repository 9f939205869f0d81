using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Remediation;

namespace SloPortal.Application.Remediation;

/// <summary>The actions that a postmortem lists.</summary>
internal sealed class PostmortemActions(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock) : IPostmortemActions
{
    public async Task<IReadOnlyList<PostmortemAction>> OfAsync(Guid postmortemId, Guid? incidentId, Actor actor, CancellationToken ct)
    {
        var today = clock.GetUtcNowInMicroseconds().Today();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await (from a in db.ActionsFor(actor).AsNoTracking()
                          join t in db.Teams on a.OwnerTeamId equals t.Id
                          where a.PostmortemId == postmortemId || (incidentId != null && a.IncidentId == incidentId)
                          orderby a.EndedAt != null, a.DueOn, a.Number
                          select new { Action = a, Team = t.Name }).ToListAsync(ct);
        return rows.ConvertAll(r => new PostmortemAction(
            r.Action.Number, r.Action.Code, r.Action.Title, r.Team, r.Action.DueOn, ActionStates.Word(r.Action.State), r.Action.IsOpen, r.Action.IsOverdueOn(today),
            r.Action.ProofUrl, r.Action.Outcome));
    }
}
