using SloPortal.Application.Incidents;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Remediation;

namespace SloPortal.Application.Remediation;

/// <summary>Who may see which action: whoever may see the incident and the postmortem that it follows from.</summary>
internal static class VisibleActions
{
    public static IQueryable<ActionItem> ActionsFor(this PortalDbContext db, Actor actor)
    {
        // Asked the other way round, since what is hidden is little: every action has its incident and its postmortem looked up otherwise.
        var hidden = db.HiddenIncidentsFor(actor);
        return db.Actions.Where(a =>
            !hidden.Any(i => i.Id == a.IncidentId) && !db.Postmortems.Any(p => p.Id == a.PostmortemId && hidden.Any(i => i.Id == p.IncidentId)));
    }

    /// <summary>Those assigned to the actor, and those of their teams.</summary>
    public static IQueryable<ActionItem> OfMine(this IQueryable<ActionItem> actions, Actor actor)
    {
        var (person, teams) = (actor.PersonId, actor.TeamIds.ToArray());
        return actions.Where(a => a.AssigneeId == person || teams.Contains(a.OwnerTeamId));
    }

    public static IQueryable<ActionItem> OverdueOn(this IQueryable<ActionItem> actions, DateOnly today) => actions.Where(a => a.EndedAt == null && a.DueOn < today);

    /// <summary>The day in UTC, by which everybody's actions are judged alike.</summary>
    public static DateOnly Today(this DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime);
}
