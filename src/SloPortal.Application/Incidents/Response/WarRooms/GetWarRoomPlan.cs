using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Response.WarRooms;

namespace SloPortal.Application.Incidents.Response.WarRooms;

/// <summary>What a war room begins with: where its people talk, and what each role does.</summary>
public sealed record GetWarRoomPlan
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<WarRoomPlan>> HandleAsync(GetWarRoomPlan request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            return await WarRoomPlans.InForceAsync(db, ct);
        }
    }
}
