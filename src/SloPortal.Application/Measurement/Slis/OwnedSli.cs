using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Slis;

/// <summary>Finds an SLI that the actor may change.</summary>
internal static class OwnedSli
{
    public static async Task<Outcome<Sli>> FindAsync(Change change, int id, CancellationToken ct)
    {
        var found = await (from sli in change.Db.Slis
                           join service in change.Db.Services on sli.ServiceId equals service.Id
                           join team in change.Db.Teams on service.OwnerTeamId equals team.Id
                           where sli.Id == id
                           select new { sli, team.Id, team.Name }).SingleOrDefaultAsync(ct);
        if (found is null)
            return Refusal.NotFound("The SLI");
        return change.Actor.MayChangeFor(found.Id) ? found.sli : Denial.OfTeam(found.Name);
    }
}
