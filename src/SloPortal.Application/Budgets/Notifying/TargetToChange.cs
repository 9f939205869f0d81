using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets.Notifying;

internal static class TargetToChange
{
    /// <summary>The team, when the actor may change what belongs to it.</summary>
    public static async Task<Outcome<Team>> TeamAsync(PortalDbContext db, string slug, Actor actor, CancellationToken ct)
    {
        var team = await db.Teams.AsNoTracking().SingleOrDefaultAsync(t => t.Slug == slug, ct);
        if (team is null)
            return Refusal.NotFound($"The team \"{slug}\"");
        return actor.MayChangeFor(team.Id) ? team : Denial.OfTeam(team.Name);
    }
}
