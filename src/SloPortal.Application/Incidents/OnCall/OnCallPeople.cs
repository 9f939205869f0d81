using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.OnCall;

/// <summary>Who is to be called.</summary>
internal static class OnCallPeople
{
    /// <summary>
    /// The people who are on call at the instant, by schedule. An empty list is a gap. Somebody whose account is closed reaches nobody, so they
    /// are left out; a schedule that is not known is a gap too.
    /// </summary>
    public static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Guid>>> AtAsync(PortalDbContext db, IReadOnlyCollection<Guid> scheduleIds, DateTimeOffset at, CancellationToken ct)
    {
        var schedules = await db.Schedules.AsNoTracking().Where(s => scheduleIds.Contains(s.Id)).ToListAsync(ct);
        var final = await ScheduleReading.FinalAsync(db, schedules, new Interval(at, at.AddTicks(1)), ct);
        var people = final.ToDictionary(f => f.Key, f => f.Value.PersonAt(at));
        var named = people.Values.OfType<Guid>().Distinct().ToList();
        var open = await db.Users.Where(p => named.Contains(p.Id) && p.DisabledAt == null).Select(p => p.Id).ToListAsync(ct);
        return scheduleIds.Distinct().ToDictionary(id => id, IReadOnlyList<Guid> (id) => people.GetValueOrDefault(id) is { } person && open.Contains(person) ? [person] : []);
    }
}
