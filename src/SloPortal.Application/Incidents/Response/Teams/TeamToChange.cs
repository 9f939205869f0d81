using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.OnCall;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response.Teams;

namespace SloPortal.Application.Incidents.Response.Teams;

/// <summary>A team that works on an incident which the actor may see; nobody else changes them until the transaction ends.</summary>
internal sealed record TeamToChange(Incident Incident, Team Team, InvolvedTeam Involved)
{
    public static async Task<Outcome<TeamToChange>> FindAsync(Change change, int number, string slug, CancellationToken ct)
    {
        var found = await IncidentToChange.FindAsync(change, number, ct);
        if (!found.Succeeded)
            return found.Refusal;
        if (await TeamAsync(change, slug, ct) is not { } team)
            return Refusal.NotFound($"The team \"{slug}\"");
        return await InvolvedAsync(change, found.Value, team, ct) is { } involved
            ? new TeamToChange(found.Value, team, involved) : Refusal.Conflict($"{team.Name} does not work on {found.Value.Code}. Ask for it first.");
    }

    /// <summary>Refused where the actor is neither of the team nor decides in the incident.</summary>
    public Refusal? MustBeOfItOrRun(Actor actor) => actor.TeamIds.Contains(Team.Id) || Incident.MayBeRunBy(actor) ? null
        : Refusal.Denied($"People of {Team.Name} say this, and whoever commands {Incident.Code}. Ask one of them.");

    public static Task<Team?> TeamAsync(Change change, string slug, CancellationToken ct) => change.Db.Teams.AsNoTracking().SingleOrDefaultAsync(t => t.Slug == slug, ct);

    public static Task<InvolvedTeam?> InvolvedAsync(Change change, Incident incident, Team team, CancellationToken ct) =>
        change.Db.InvolvedTeams.SingleOrDefaultAsync(t => t.IncidentId == incident.Id && t.TeamId == team.Id, ct);

    /// <summary>People of a team with an account who may see the incident.</summary>
    public static async Task<List<Guid>> PeopleAsync(Change change, Incident incident, Guid team, CancellationToken ct)
    {
        var people = await change.Db.TeamMembers.Where(m => m.TeamId == team)
            .Join(change.Db.Users.Where(p => p.DisabledAt == null), m => m.PersonId, p => p.Id, (_, p) => p.Id).ToListAsync(ct);
        return [.. people.Where(incident.MayBeSeenBy)];
    }

    /// <summary>Those of a team whom one turns to: its lead here, else whoever is on call, else all of them; only who may see the incident.</summary>
    public static async Task<List<Guid>> FirstToTellAsync(Change change, Incident incident, Guid team, Guid? lead, CancellationToken ct)
    {
        if (lead is { } person)
            return [person];
        var schedules = await change.Db.Schedules.Where(s => s.TeamId == team && s.ArchivedAt == null).Select(s => s.Id).ToListAsync(ct);
        var onCall = (await OnCallPeople.AtAsync(change.Db, schedules, change.Now, ct)).Values.SelectMany(p => p).Where(incident.MayBeSeenBy).Distinct().ToList();
        return onCall.Count > 0 ? onCall : await PeopleAsync(change, incident, team, ct);
    }

    /// <summary>Whoever decides in the incident: its commander, else everybody with that role; of a restricted one only who may see it, and its readers where none of them may.</summary>
    public static async Task<List<Guid>> DecidersAsync(Change change, Incident incident, CancellationToken ct)
    {
        if (incident.HolderOf(IncidentRole.Commander) is { } commander)
            return [commander];
        var deciders = (await IncidentPeople.CommandersAsync(change.Db, ct)).Where(incident.MayBeSeenBy).ToList();
        return deciders.Count > 0 ? deciders : incident.Readers.ConvertAll(r => r.PersonId);
    }

    public static Refusal IsOver(Incident incident) => Refusal.Conflict($"{incident.Code} is {IncidentStatusRules.Word(incident.Status)}, so no team is needed for it any more. Take it back to acknowledged first.");
}

/// <summary>What wakes pages that show the teams of an incident.</summary>
public static class TeamsTopic
{
    public static string Of(Guid incidentId) => $"incident-teams/{incidentId}";
}
