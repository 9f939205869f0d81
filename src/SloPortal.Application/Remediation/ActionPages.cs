using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents;
using SloPortal.Data;

namespace SloPortal.Application.Remediation;

/// <summary>The pages of an incident's actions.</summary>
internal sealed class ActionPages : IIncidentPages
{
    public async Task<IReadOnlyList<string>> OfAsync(PortalDbContext db, IReadOnlyCollection<Guid> incidents, CancellationToken ct)
    {
        var numbers = await db.Actions.Where(a => a.IncidentId != null && incidents.Contains(a.IncidentId.Value)).Select(a => a.Number).ToListAsync(ct);
        return numbers.ConvertAll(ActionToChange.Address);
    }
}
