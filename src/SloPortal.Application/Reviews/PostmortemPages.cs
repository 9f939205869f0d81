using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Data;

namespace SloPortal.Application.Reviews;

/// <summary>The pages of an incident's postmortem.</summary>
internal sealed class PostmortemPages : IIncidentPages
{
    public async Task<IReadOnlyList<string>> OfAsync(PortalDbContext db, IReadOnlyCollection<Guid> incidents, CancellationToken ct)
    {
        var numbers = await db.Postmortems.Where(p => p.IncidentId != null && incidents.Contains(p.IncidentId.Value)).Select(p => p.Number).ToListAsync(ct);
        return numbers.ConvertAll(PostmortemChange.Address);
    }
}
