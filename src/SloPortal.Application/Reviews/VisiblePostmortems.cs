using SloPortal.Application.Incidents;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews;

/// <summary>Who may see which postmortem: whoever may see its incident. One without an incident is everybody's.</summary>
internal static class VisiblePostmortems
{
    public static IQueryable<Postmortem> PostmortemsFor(this PortalDbContext db, Actor actor)
    {
        var incidents = db.IncidentsFor(actor);
        return db.Postmortems.Where(p => p.IncidentId == null || incidents.Any(i => i.Id == p.IncidentId));
    }
}
