using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Audit;
using SloPortal.Application.Incidents;
using SloPortal.Data;
using SloPortal.Domain.Access;

namespace SloPortal.Application.Reviews;

/// <summary>Postmortems of restricted incidents, with their comments.</summary>
internal sealed class HiddenPostmortems : IHiddenSubjects
{
    public IQueryable<string> For(PortalDbContext db, Actor actor)
    {
        var hidden = db.Postmortems.Where(p => db.HiddenIncidentsFor(actor).Any(i => i.Id == p.IncidentId));
        return hidden.Select(p => p.Id.ToString())
            .Concat(db.PostmortemComments.Where(c => hidden.Any(p => p.Id == c.PostmortemId)).Select(c => c.Id.ToString()));
    }
}
