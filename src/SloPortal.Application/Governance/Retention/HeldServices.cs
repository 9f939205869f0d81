using Microsoft.EntityFrameworkCore;
using SloPortal.Data;

namespace SloPortal.Application.Governance.Retention;

/// <summary>The services of which nothing may be removed.</summary>
internal static class HeldServices
{
    /// <summary>How many holds are in force, whoever may see them, and their services.</summary>
    public static async Task<(int Holds, Guid[] Services)> ReadAsync(PortalDbContext db, CancellationToken ct)
    {
        var holds = await db.LegalHolds.AsNoTracking().Where(h => h.ReleasedAt == null).Select(h => new { h.ServiceId, h.IncidentId }).ToListAsync(ct);
        var incidents = holds.Select(h => h.IncidentId).OfType<Guid>().ToArray();
        var touched = await db.Incidents.Where(i => incidents.Contains(i.Id)).SelectMany(i => i.Services).Select(s => s.ServiceId).ToListAsync(ct);
        return (holds.Count, [.. holds.Select(h => h.ServiceId).OfType<Guid>().Concat(touched).Distinct()]);
    }
}
