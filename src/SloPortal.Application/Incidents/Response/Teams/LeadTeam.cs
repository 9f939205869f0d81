using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response.Teams;

/// <summary>Says who answers for a team's part; nobody of it is called any more. Whoever leads already and goes hands it off instead (<see cref="OfferHandOff"/>).</summary>
/// <param name="Team">Slug.</param>
/// <param name="Person">Somebody of the team; null is the actor.</param>
public sealed record LeadTeam(int Number, string Team, Guid? Person = null)
{
    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(LeadTeam request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<LeadTeam, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await TeamToChange.FindAsync(change, request.Number, request.Team, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (incident, team, involved) = found.Value;
                if (found.Value.MustBeOfItOrRun(actor) is { } denied)
                    return denied;
                if (!IncidentStatusRules.IsOpen(incident.Status))
                    return TeamToChange.IsOver(incident);
                var person = request.Person ?? actor.PersonId;
                var names = await IncidentPeople.NamesAsync(change.Db, nameof(Person), [person], ct);
                if (!names.Succeeded)
                    return names.Refusal;
                if (!(await TeamToChange.PeopleAsync(change, incident, team.Id, ct)).Contains(person))
                {
                    return Refusal.Invalid(nameof(Person), incident.MayBeSeenBy(person)
                        ? $"{names.Value[person]} is not of {team.Name}, and somebody of the team answers for its part. Name one of its people, or add them to the team."
                        : "This incident is restricted, and they may not see it. Name them among its readers first.");
                }
                var before = involved.LeadId;
                if (involved.Lead(person, change.Now) is { } refusal)
                    return refusal;
                if (person != actor.PersonId)
                    change.Tell([person], $"You lead {team.Name} in {incident.Code}: {involved.Part}", IncidentAddresses.Of(incident.Number));
                await TeamCalls.EndAsync(change, incident.Id, team.Id, $"{names.Value[person]} has it.", ct);
                change.Publish(TeamsTopic.Of(incident.Id));
                return await EntryRules.SayAsync(change, incident, "incident.team_led", new NewEntry(
                    EntryKind.Team, $"{names.Value[person]} leads {team.Name}", Details: new { Team = team.Id, Before = before, After = person }, Source: EntryRules.SourceOf(actor)), ct);
            }, ct);
    }
}
