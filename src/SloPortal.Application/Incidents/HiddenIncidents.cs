using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Audit;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents;

/// <summary>Restricted incidents of which the actor is no reader, their files, the pages that called teams to them, and the proposals that they were made of.</summary>
internal sealed class HiddenIncidents : IHiddenSubjects
{
    public IQueryable<string> For(PortalDbContext db, Actor actor)
    {
        var hidden = db.HiddenIncidentsFor(actor);
        return hidden.Select(i => i.Id.ToString())
            .Concat(db.Attachments.Where(a => hidden.Any(i => i.Id == a.IncidentId)).Select(a => a.Id.ToString()))
            .Concat(db.Pages.Where(p => hidden.Any(i => p.GroupKey.StartsWith(Page.AskGroup + i.Id.ToString()))).Select(p => p.Id.ToString()))
            .Concat(db.IncidentProposals.Where(p => hidden.Any(i => i.Id == p.IncidentId)).Select(p => p.Id.ToString()));
    }
}
