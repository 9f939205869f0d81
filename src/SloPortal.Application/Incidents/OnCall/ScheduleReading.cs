using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.OnCall;

/// <summary>Brings together what the shifts of schedules are computed from.</summary>
internal static class ScheduleReading
{
    /// <summary>Overrides that ended before the range are left out; swaps are few and their shifts are not known before the layers are computed.</summary>
    /// <returns>By the id of the schedule.</returns>
    public static async Task<IReadOnlyDictionary<Guid, FinalSchedule>> FinalAsync(PortalDbContext db, IReadOnlyCollection<Schedule> schedules, Interval range, CancellationToken ct)
    {
        var ids = schedules.Select(s => s.Id).ToList();
        var swaps = (await db.ShiftSwaps.AsNoTracking().Where(s => ids.Contains(s.ScheduleId)).ToListAsync(ct)).ToLookup(s => s.ScheduleId);
        var overrides = (await db.ShiftOverrides.AsNoTracking().Where(o => ids.Contains(o.ScheduleId) && o.EndsAt > range.Start && o.StartsAt < range.End).ToListAsync(ct)).ToLookup(o => o.ScheduleId);
        return schedules.ToDictionary(s => s.Id, s => new FinalSchedule(s.Layers, swaps[s.Id], overrides[s.Id]));
    }
}
