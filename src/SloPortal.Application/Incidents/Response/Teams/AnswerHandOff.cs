using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.Response.WarRooms;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response.Teams;
using SloPortal.Domain.Incidents.Response.WarRooms;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response.Teams;

/// <summary>Accepts or declines what was offered to one's team. With it accepted, whoever accepted answers for it.</summary>
/// <param name="Reason">Why it is declined.</param>
public sealed record AnswerHandOff(int Number, Guid HandOff, bool Accept, string? Reason = null)
{
    public sealed class Validator : AbstractValidator<AnswerHandOff>
    {
        public Validator() => RuleFor(r => r.Reason).MaximumLength(Domain.Incidents.Response.Teams.HandOff.LongestText)
            .WithMessage($"A reason has at most {Domain.Incidents.Response.Teams.HandOff.LongestText} characters.");
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(AnswerHandOff request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AnswerHandOff, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await HandOffToChange.FindAsync(change, request.Number, request.HandOff, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (incident, handOff, from, to, task) = found.Value;
                var ofReceiver = actor.TeamIds.Contains(to.Id);
                var reason = request.Reason?.Trim() ?? "";
                if ((request.Accept ? handOff.Accept(actor.PersonId, ofReceiver, change.Now) : handOff.Decline(actor.PersonId, ofReceiver, reason, change.Now)) is { } refusal)
                    return refusal;
                if (request.Accept && await GoOverAsync(change, found.Value, ct) is { } impossible)
                    return impossible;
                var subject = HandOffWords.Subject(from.Name, to.Name, task?.Title);
                var answer = request.Accept ? $"accepts for {to.Name}" : $"declines for {to.Name}";
                if (incident.MayBeSeenBy(handOff.OfferedBy))
                    change.Tell([handOff.OfferedBy], $"{incident.Code}: {actor.Name} {answer}{(reason.Length > 0 ? ", " + reason : "")}", IncidentAddresses.Of(incident.Number));
                change.Publish(TeamsTopic.Of(incident.Id));
                return await EntryRules.SayAsync(change, incident, request.Accept ? "incident.hand_off_accepted" : "incident.hand_off_declined", new NewEntry(
                    EntryKind.Team, $"{subject}: {actor.Name} {answer}{(reason.Length > 0 ? ": " + reason : "")}",
                    Details: new { HandOff = handOff.Id, From = from.Id, To = to.Id, handOff.TaskId }, Source: EntryRules.SourceOf(actor)), ct);
            }, ct);

        private static async Task<Refusal?> GoOverAsync(Change change, HandOffToChange found, CancellationToken ct)
        {
            var (incident, handOff, from, to, task) = found;
            var person = change.Actor.PersonId;
            if (task is { State: not TaskState.Open })
                return Refusal.Conflict("The task was ended since it was offered. Decline, and say so.");
            var giving = await TeamToChange.InvolvedAsync(change, incident, from, ct);
            if (await TeamToChange.InvolvedAsync(change, incident, to, ct) is not { } receiving)
                change.Db.InvolvedTeams.Add(receiving = new InvolvedTeam(incident.Id, to.Id, task?.Title ?? giving?.Part ?? to.Name, handOff.OfferedBy, change.Now));
            if (task is not null)
            {
                task.PassTo(to.Id, person);
                change.Publish(WarRoomTopic.Of(incident.Id));
                // A team that has a lead keeps it: only the task went over.
                if (receiving is { LeadId: not null, IsOver: false })
                    return null;
            }
            else if (!handOff.IsWithinTeam)
            {
                giving?.Say(TeamState.Done, $"Handed to {to.Name}", change.Now);
                foreach (var open in await change.Db.IncidentTasks.Where(t => t.IncidentId == incident.Id && t.TeamId == from.Id && t.State == TaskState.Open).ToListAsync(ct))
                    open.PassTo(to.Id, null);
                await TeamCalls.EndAsync(change, incident.Id, from.Id, "It is not needed any more.", ct);
                change.Publish(WarRoomTopic.Of(incident.Id));
            }
            if (receiving.LeadId != person || receiving.IsOver)
                receiving.Lead(person, change.Now);
            await TeamCalls.EndAsync(change, incident.Id, to.Id, $"{change.Actor.Name} has it.", ct);
            return null;
        }
    }
}
