using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response.WarRooms;

/// <summary>Gives a task to somebody, who is told, or to nobody.</summary>
public sealed record GiveTask(int Number, Guid Task, Guid? Assignee)
{
    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(GiveTask request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<GiveTask, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await TaskToChange.FindAsync(change, request.Number, request.Task, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (incident, task) = found.Value;
                var name = await TaskToChange.AssigneeAsync(change, incident, request.Assignee, ct);
                if (!name.Succeeded)
                    return name.Refusal;
                var before = task.AssigneeId;
                if (task.GiveTo(request.Assignee) is { } refusal)
                    return refusal;
                if (request.Assignee is { } person && person != actor.PersonId)
                    change.Tell([person], $"{actor.Name} asks you in {incident.Code}: {task.Title}", IncidentAddresses.Of(incident.Number));
                change.Publish(WarRoomTopic.Of(incident.Id));
                return await IncidentToChange.RecordAsync(change, incident, "incident.task_given", new NewEntry(
                    EntryKind.Task, name.Value is { } who ? $"Task for {who}: {task.Title}" : $"Task for nobody any more: {task.Title}",
                    Details: new { Task = task.Id, Before = before, After = request.Assignee }, Source: EntryRules.SourceOf(actor)), ct);
            }, ct);
    }
}
