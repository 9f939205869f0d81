using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.OnCall.Hours;

internal static class TeamHours
{
    /// <summary>When the team works; null where nobody has said so.</summary>
    public static async Task<BusinessHours?> OfAsync(PortalDbContext db, Guid teamId, CancellationToken ct) =>
        (await db.TeamHours.AsNoTracking().SingleOrDefaultAsync(h => h.TeamId == teamId, ct))?.Hours;
}
