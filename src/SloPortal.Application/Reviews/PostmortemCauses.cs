using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.Triage;
using SloPortal.Data;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews;

/// <summary>What contributed to incidents, as postmortems say that somebody else approved.</summary>
internal sealed class PostmortemCauses : IKnownCauses
{
    public async Task<IReadOnlyDictionary<Guid, string>> OfAsync(PortalDbContext db, IReadOnlyCollection<Guid> incidents, CancellationToken ct)
    {
        var found = await db.Postmortems.AsNoTracking()
            .Where(p => p.IncidentId != null && incidents.Contains(p.IncidentId.Value) && (p.State == PostmortemState.Approved || p.State == PostmortemState.Published))
            .OrderBy(p => p.Number).Select(p => new { Incident = p.IncidentId!.Value, p.Number, Factors = p.Factors.OrderBy(f => f.Factor).Select(f => new { f.Factor, f.Note }).ToList() }).ToListAsync(ct);
        return found.Where(p => p.Factors.Count > 0).GroupBy(p => p.Incident)
            .ToDictionary(g => g.Key, g => $"{Postmortem.CodeOf(g.Last().Number)}: {string.Join("; ", g.Last().Factors.Select(f => f.Note.Length == 0 ? f.Factor : $"{f.Factor}, {f.Note}"))}");
    }
}
