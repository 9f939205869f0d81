using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Audit;
using SloPortal.Application.Incidents;
using SloPortal.Data;
using SloPortal.Domain.Access;

namespace SloPortal.Application.Remediation;

/// <summary>Actions that come from a restricted incident or its postmortem.</summary>
internal sealed class HiddenActions : IHiddenSubjects
{
    public IQueryable<string> For(PortalDbContext db, Actor actor)
    {
        var hidden = db.HiddenIncidentsFor(actor);
        return db.Actions
            .Where(a => hidden.Any(i => i.Id == a.IncidentId) || db.Postmortems.Any(p => p.Id == a.PostmortemId && hidden.Any(i => i.Id == p.IncidentId)))
            .Select(a => a.Id.ToString());
    }
}
