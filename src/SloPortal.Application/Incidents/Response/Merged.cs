using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Incidents.Response;

/// <summary>The incidents that were merged into one; they point to it directly, however many merges it took.</summary>
internal static class Merged
{
    /// <summary>Makes them visible to whoever sees the surviving one, and to nobody else.</summary>
    public static async Task FollowAsync(Change change, Incident survivor, CancellationToken ct)
    {
        foreach (var merged in await change.Db.Incidents.Where(i => i.MergedIntoId == survivor.Id).WithParts().ToListAsync(ct))
            merged.FollowRestriction(survivor);
    }

    /// <summary>What went on in <paramref name="from"/> goes on in the survivor.</summary>
    public static async Task MoveAsync(Change change, Incident from, Incident survivor, CancellationToken ct)
    {
        foreach (var merged in await change.Db.Incidents.Where(i => i.MergedIntoId == from.Id).WithParts().ToListAsync(ct))
            merged.FollowInto(survivor, change.Now);
    }
}
