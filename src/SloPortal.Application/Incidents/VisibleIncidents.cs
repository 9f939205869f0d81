using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Budgets;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Incidents;

/// <summary>
/// Who may see which incident, and what hangs on it. Every read and every change of an incident, a postmortem or an action begins
/// here, so that a restricted one is invisible everywhere: to everybody but its readers, administrators included.
/// </summary>
internal static class VisibleIncidents
{
    public static IQueryable<Incident> IncidentsFor(this PortalDbContext db, Actor actor)
    {
        if (actor.Kind == ActorKind.System)
            return db.Incidents;
        var reader = actor.PersonId;
        return db.Incidents.Where(i => !i.IsRestricted || i.Readers.Any(r => r.PersonId == reader));
    }

    /// <summary>Those that are linked to an objective or to its service, and were not merged into another.</summary>
    public static IQueryable<Incident> Touching(this IQueryable<Incident> incidents, StoryScope scope)
    {
        var (objective, service) = (scope.ObjectiveId, scope.ServiceId);
        return incidents.Where(i => i.MergedIntoId == null && (i.Objectives.Any(o => o.ObjectiveId == objective) || i.Services.Any(s => s.ServiceId == service)));
    }

    /// <summary>All others: what must not show anywhere.</summary>
    public static IQueryable<Incident> HiddenIncidentsFor(this PortalDbContext db, Actor actor)
    {
        if (actor.Kind == ActorKind.System)
            return db.Incidents.Where(i => false);
        var reader = actor.PersonId;
        return db.Incidents.Where(i => i.IsRestricted && !i.Readers.Any(r => r.PersonId == reader));
    }
}
