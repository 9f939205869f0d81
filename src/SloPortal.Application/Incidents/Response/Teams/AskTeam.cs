using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response.Teams;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response.Teams;

/// <summary>
/// Asks for a team in an incident. Whoever is on call for it is called, by its own paging rules, until somebody leads its part; where no
/// rule calls anybody, its people are told in the portal and by mail.
/// </summary>
/// <param name="Team">Slug.</param>
/// <param name="Part">What it is to do here.</param>
/// <param name="ClientKey">The same key again asks once.</param>
public sealed record AskTeam(int Number, string Team, string Part, string? ClientKey = null)
{
    public sealed class Validator : AbstractValidator<AskTeam>
    {
        public Validator()
        {
            RuleFor(r => r.Team).NotEmpty().WithMessage("Choose a team.");
            RuleFor(r => r.Part).Must(p => !string.IsNullOrWhiteSpace(p)).WithMessage("Say what the team is to do, so that whoever is called knows at once.")
                .MaximumLength(InvolvedTeam.LongestPart).WithMessage($"A part has at most {InvolvedTeam.LongestPart} characters.")
                .Must(p => p is null || !p.AsSpan().ContainsAny('\0', '\n', '\r')).WithMessage("A part is one line of text.");
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(AskTeam request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AskTeam, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (await IncidentToChange.RepeatedAsync(change, incident, request.ClientKey, ct) is { } known)
                    return known;
                if (!IncidentStatusRules.IsOpen(incident.Status))
                    return TeamToChange.IsOver(incident);
                if (await TeamToChange.TeamAsync(change, request.Team, ct) is not { } team)
                    return Refusal.NotFound($"The team \"{request.Team}\"");
                var part = request.Part.Trim();
                if (await TeamToChange.InvolvedAsync(change, incident, team, ct) is { } involved)
                {
                    if (involved.AskAgain(part, actor.PersonId, change.Now) is { } refusal)
                        return refusal;
                }
                else if (await change.Db.InvolvedTeams.CountAsync(t => t.IncidentId == incident.Id, ct) >= InvolvedTeam.Most)
                    return Refusal.Conflict($"{incident.Code} has {InvolvedTeam.Most} teams, and more cannot be led in one. Give a part of it an incident of its own.");
                else
                    change.Db.InvolvedTeams.Add(new InvolvedTeam(incident.Id, team.Id, part, actor.PersonId, change.Now));

                var people = await TeamToChange.FirstToTellAsync(change, incident, team.Id, null, ct);
                var policy = await TeamCalls.OpenAsync(change, incident, team, part, ct);
                change.Tell(people.Where(p => p != actor.PersonId), $"{actor.Name} asks for {team.Name} in {incident.Code}: {part}", IncidentAddresses.Of(incident.Number), byMail: policy is null);
                change.Publish(TeamsTopic.Of(incident.Id));
                var how = policy is not null ? $"called by \"{policy}\"" : people.Count > 0 ? "told in the portal, since nothing calls it" : "nobody of it can be told";
                return await IncidentToChange.RecordAsync(change, incident, "incident.team_asked", new NewEntry(
                    EntryKind.Team, $"{team.Name} is asked ({how}): {part}", ClientKey: request.ClientKey,
                    Details: new { Team = team.Id, Policy = policy, Told = people.Count }, Source: EntryRules.SourceOf(actor)), ct);
            }, ct);
    }
}
