using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives;

internal static class ObjectiveToChange
{
    /// <summary>The objective, tracked, when the actor may change for the team that owns its service.</summary>
    public static async Task<Outcome<Objective>> FindAsync(Change change, string service, string slug, CancellationToken ct)
    {
        var found = await (from o in change.Db.Objectives
                           join s in change.Db.Services on o.ServiceId equals s.Id
                           join t in change.Db.Teams on s.OwnerTeamId equals t.Id
                           where s.Slug == service && o.Slug == slug
                           select new { Objective = o, TeamId = t.Id, Team = t.Name }).SingleOrDefaultAsync(ct);
        if (found is null)
            return Refusal.NotFound($"The objective \"{slug}\" of \"{service}\"");
        return change.Actor.MayChangeFor(found.TeamId) ? found.Objective : Denial.OfTeam(found.Team);
    }
}
