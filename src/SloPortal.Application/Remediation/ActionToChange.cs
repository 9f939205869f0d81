using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Common;
using SloPortal.Domain.Remediation;

namespace SloPortal.Application.Remediation;

/// <summary>What the operations that change an action share.</summary>
internal static class ActionToChange
{
    /// <summary>Wakes every page that shows actions.</summary>
    public const string Topic = "actions";

    /// <summary>The action, tracked, when the actor may see and change it.</summary>
    public static async Task<Outcome<ActionItem>> FindAsync(Change change, int number, CancellationToken ct)
    {
        if (await change.Db.ActionsFor(change.Actor).SingleOrDefaultAsync(a => a.Number == number, ct) is not { } action)
            return NotFound(number);
        if (action.MayBeChangedBy(change.Actor))
            return action;
        var team = await change.Db.Teams.Where(t => t.Id == action.OwnerTeamId).Select(t => t.Name).SingleAsync(ct);
        return Refusal.Denied($"This action is the team {team}'s, of which you are not a member. A member of it, an incident commander or an administrator can do it.");
    }

    public static Refusal NotFound(int number) => Refusal.NotFound($"The action {ActionItem.CodeOf(number)}");

    /// <summary>The team by its short name, and who of its members does it.</summary>
    public static async Task<Outcome<Guid>> TeamAsync(Change change, string slug, Guid? assignee, Guid? incidentId, CancellationToken ct)
    {
        if (await change.Db.Teams.Where(t => t.Slug == slug).Select(t => new { t.Id, t.Name }).SingleOrDefaultAsync(ct) is not { } team)
            return Refusal.Invalid("Team", $"There is no team \"{slug}\".");
        if (assignee is not { } person)
            return team.Id;
        if (!await Members(change, team.Id).AnyAsync(p => p == person, ct))
            return Refusal.Invalid("Assignee", $"Choose somebody of the team {team.Name}, or nobody.");
        return await Seeing(change, Members(change, team.Id), incidentId).AnyAsync(p => p == person, ct)
            ? team.Id : Refusal.Invalid("Assignee", "This follows from a restricted incident, and they may not see it. Choose somebody else, or nobody.");
    }

    /// <summary>A day that is still to come, or today.</summary>
    public static Refusal? DueMustNotBeOver(DateOnly dueOn, DateTimeOffset now) =>
        dueOn < now.Today() ? Refusal.Invalid("DueOn", "That day is over. Choose today or a later day.") : null;

    /// <summary>Tells the assignee and the members of the owner team, those who may know of it; not the one who acts.</summary>
    public static async Task TellAsync(Change change, ActionItem action, string text, CancellationToken ct)
    {
        var assignee = action.AssigneeId;
        var people = change.Db.Users.Where(p => p.DisabledAt == null && (p.Id == assignee || change.Db.TeamMembers.Any(m => m.TeamId == action.OwnerTeamId && m.PersonId == p.Id))).Select(p => p.Id);
        var told = await Seeing(change, people, action.IncidentId).Where(p => p != change.Actor.PersonId).ToListAsync(ct);
        change.Tell(told, text, Address(action.Number));
    }

    /// <summary>Records what was done, and wakes the pages that show it.</summary>
    public static void Record(Change change, ActionItem action, string what, object? details = null)
    {
        change.Audit($"action.{what}", "action", action.Id, $"{action.Code} {action.Title}", details);
        change.Publish(Topic);
        if (action.PostmortemId is { } postmortem)
            change.Publish(PostmortemChange.Topic(postmortem));
    }

    public static string Address(int number) => $"/actions/{number}";

    private static IQueryable<Guid> Members(Change change, Guid team) =>
        change.Db.Users.Where(p => p.DisabledAt == null && change.Db.TeamMembers.Any(m => m.TeamId == team && m.PersonId == p.Id)).Select(p => p.Id);

    private static IQueryable<Guid> Seeing(Change change, IQueryable<Guid> people, Guid? incidentId) => incidentId is not { } incident ? people
        : people.Where(p => change.Db.Incidents.Any(i => i.Id == incident && (!i.IsRestricted || i.Readers.Any(r => r.PersonId == p))));
}
