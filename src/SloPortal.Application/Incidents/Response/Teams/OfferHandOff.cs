using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response.Teams;
using SloPortal.Domain.Incidents.Response.WarRooms;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response.Teams;

/// <summary>
/// Offers a team's part of an incident, or one task of it, to another team, or to the next who leads the same team. It goes over once
/// somebody there accepts it.
/// </summary>
/// <param name="From">Slug of the team that gives.</param>
/// <param name="To">Slug of the team that receives; the same for a new lead.</param>
/// <param name="What">What whoever takes it must know.</param>
/// <param name="Task">Null for the whole part.</param>
/// <param name="ClientKey">The same key again offers once.</param>
public sealed record OfferHandOff(int Number, string From, string To, string What, Guid? Task = null, string? ClientKey = null)
{
    public sealed class Validator : AbstractValidator<OfferHandOff>
    {
        public Validator()
        {
            RuleFor(r => r.To).NotEmpty().WithMessage("Choose who receives it.");
            RuleFor(r => r.What).Must(w => !string.IsNullOrWhiteSpace(w)).WithMessage("Say how it stands and what comes next, so that whoever takes it can go on.")
                .MaximumLength(HandOff.LongestText).WithMessage($"A hand-off has at most {HandOff.LongestText} characters; more belongs into the timeline.")
                .Must(w => w is null || !w.Contains('\0', StringComparison.Ordinal)).WithMessage("A hand-off is text; this contains a character that is none.");
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(OfferHandOff request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<OfferHandOff, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await TeamToChange.FindAsync(change, request.Number, request.From, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (incident, from, involved) = found.Value;
                if (await IncidentToChange.RepeatedAsync(change, incident, request.ClientKey, ct) is { } known)
                    return known;
                if (found.Value.MustBeOfItOrRun(actor) is { } denied)
                    return denied;
                if (!IncidentStatusRules.IsOpen(incident.Status))
                    return TeamToChange.IsOver(incident);
                if (involved.IsOver)
                    return Refusal.Conflict($"The part of {from.Name} is over, so there is nothing to hand off.");
                if (await TeamToChange.TeamAsync(change, request.To, ct) is not { } to)
                    return Refusal.NotFound($"The team \"{request.To}\"");
                var task = await TaskAsync(change, incident, request.Task, from, to, ct);
                if (!task.Succeeded)
                    return task.Refusal;
                if (await change.Db.HandOffs.AnyAsync(h => h.IncidentId == incident.Id && h.FromTeamId == from.Id && h.TaskId == request.Task && h.State == HandOffState.Offered, ct))
                    return Refusal.Conflict("It is offered already, and nobody has answered yet. Take that back first.");
                var lead = from.Id == to.Id ? null : await change.Db.InvolvedTeams.Where(t => t.IncidentId == incident.Id && t.TeamId == to.Id && t.State != TeamState.Done).Select(t => t.LeadId).SingleOrDefaultAsync(ct);
                var people = (await TeamToChange.PeopleAsync(change, incident, to.Id, ct)).Where(p => p != actor.PersonId).ToList();
                if (people.Count == 0)
                    return Refusal.Invalid(nameof(To), $"Nobody {(from.Id == to.Id ? "else " : "")}of {to.Name} could accept it{(incident.IsRestricted ? "; name somebody of it among the readers first" : "")}.");

                var handOff = new HandOff(Guid.CreateVersion7(change.Now), incident.Id, from.Id, to.Id, request.What.Trim(), request.Task, actor.PersonId, change.Now);
                change.Db.HandOffs.Add(handOff);
                var first = (await TeamToChange.FirstToTellAsync(change, incident, to.Id, lead, ct)).Where(p => p != actor.PersonId).ToList();
                change.Tell(first.Count > 0 ? first : people, HandOffWords.Offered(incident, from.Name, to.Name, task.Value?.Title), IncidentAddresses.Of(incident.Number), byMail: true);
                change.Publish(TeamsTopic.Of(incident.Id));
                return await EntryRules.SayAsync(change, incident, "incident.hand_off_offered", new NewEntry(
                    EntryKind.Team, $"{HandOffWords.Subject(from.Name, to.Name, task.Value?.Title)} is offered{(from.Id == to.Id ? "" : " to " + to.Name)}: {handOff.What}", ClientKey: request.ClientKey,
                    Details: new { HandOff = handOff.Id, From = from.Id, To = to.Id, handOff.TaskId }, Source: EntryRules.SourceOf(actor)), ct);
            }, ct);

        private static async Task<Outcome<IncidentTask?>> TaskAsync(Change change, Incident incident, Guid? id, Team from, Team to, CancellationToken ct)
        {
            if (id is not { } wanted)
                return (IncidentTask?)null;
            if (from.Id == to.Id)
                return Refusal.Invalid(nameof(Task), "Within a team, give the task to the person instead.");
            return await change.Db.IncidentTasks.SingleOrDefaultAsync(t => t.Id == wanted && t.IncidentId == incident.Id && t.Role == null, ct) switch
            {
                null => Refusal.NotFound("The task"),
                { State: not TaskState.Open } => Refusal.Conflict("The task is not open any more."),
                { TeamId: { } team } when team != from.Id => Refusal.Conflict($"The task belongs to another team than {from.Name}."),
                var task => task,
            };
        }
    }
}
