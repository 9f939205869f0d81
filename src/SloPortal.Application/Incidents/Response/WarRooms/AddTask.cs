using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.Response.Teams;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Response.WarRooms;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response.WarRooms;

/// <summary>Asks for something to be done in an incident; whoever gets it is told.</summary>
/// <param name="Assignee">Null leaves it to whoever takes it.</param>
/// <param name="ClientKey">The same key again is the same task.</param>
/// <param name="Team">Slug of a team that works on the incident, to whose part it belongs; its lead is told where nobody gets it.</param>
public sealed record AddTask(int Number, string Title, Guid? Assignee = null, string? ClientKey = null, string? Team = null)
{
    public sealed class Validator : AbstractValidator<AddTask>
    {
        public Validator()
        {
            RuleFor(r => r.Title).Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage("Say what is to be done.")
                .MaximumLength(IncidentTask.LongestTitle).WithMessage($"A task has at most {IncidentTask.LongestTitle} characters.");
            RuleFor(r => r.ClientKey).MustBeClientKey();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(AddTask request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AddTask, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, request.Number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                if (await IncidentToChange.RepeatedAsync(change, incident, request.ClientKey, ct) is { } known)
                    return known;
                var asked = change.Db.IncidentTasks.Where(t => t.IncidentId == incident.Id && t.Role == null);
                if (await asked.CountAsync(t => t.State == TaskState.Open, ct) >= IncidentTask.MostOpen)
                    return Refusal.Conflict($"{incident.Code} has {IncidentTask.MostOpen} open tasks. End some of them first.");
                var name = await TaskToChange.AssigneeAsync(change, incident, request.Assignee, ct);
                if (!name.Succeeded)
                    return name.Refusal;
                TeamToChange? team = null;
                if (request.Team is { } slug)
                {
                    var of = await TeamToChange.FindAsync(change, request.Number, slug, ct);
                    if (!of.Succeeded)
                        return of.Refusal;
                    team = of.Value;
                }
                var place = (await asked.MaxAsync(t => (int?)t.Place, ct) ?? 0) + 1;
                var task = new IncidentTask(Guid.CreateVersion7(change.Now), incident.Id, request.Title.Trim(), null, place, actor.PersonId, change.Now);
                if (request.Assignee is not null)
                    task.GiveTo(request.Assignee);
                if (team is not null)
                {
                    task.PassTo(team.Team.Id, request.Assignee);
                    change.Publish(TeamsTopic.Of(incident.Id));
                }
                change.Db.IncidentTasks.Add(task);
                if ((request.Assignee ?? team?.Involved.LeadId) is { } person && person != actor.PersonId)
                    change.Tell([person], $"{actor.Name} asks you in {incident.Code}: {task.Title}", IncidentAddresses.Of(incident.Number));
                change.Publish(WarRoomTopic.Of(incident.Id));
                return await IncidentToChange.RecordAsync(change, incident, "incident.task_added", new NewEntry(
                    EntryKind.Task, $"Task{(name.Value is { } who ? " for " + who : "")}{(team is null ? "" : " of " + team.Team.Name)}: {task.Title}", ClientKey: request.ClientKey,
                    Details: new { Task = task.Id, Assignee = request.Assignee }, Source: EntryRules.SourceOf(actor)), ct);
            }, ct);
    }
}
