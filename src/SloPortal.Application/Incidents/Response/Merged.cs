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

    /// <summary>What is to do goes on in the survivor, behind its own; of checklists only where it has none itself.</summary>
    public static async Task MoveTasksAsync(Change change, Incident from, Incident survivor, CancellationToken ct)
    {
        var hasSteps = await change.Db.IncidentTasks.AnyAsync(t => t.IncidentId == survivor.Id && t.Role != null, ct);
        var last = await change.Db.IncidentTasks.Where(t => t.IncidentId == survivor.Id && t.Role == null).MaxAsync(t => (int?)t.Place, ct) ?? 0;
        foreach (var task in await change.Db.IncidentTasks.Where(t => t.IncidentId == from.Id && (!hasSteps || t.Role == null)).OrderBy(t => t.Place).ToListAsync(ct))
            task.MoveTo(survivor.Id, task.IsStep ? task.Place : ++last);
    }
}
