using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Response.Teams;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Response.WarRooms;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response.WarRooms;

/// <summary>
/// Says that a task or a step of a checklist is done, not needed, or open again. Tasks stand in the timeline; steps do not, since there
/// are many in the first minutes and they are no news: who ended one, and when, stands at the step and in the audit.
/// </summary>
public sealed record MoveTask(int Number, Guid Task, TaskState State)
{
    public sealed class Validator : AbstractValidator<MoveTask>
    {
        public Validator() => RuleFor(r => r.State).IsInEnum().WithMessage("A task is open, done or notNeeded.");
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(MoveTask request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<MoveTask, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await TaskToChange.FindAsync(change, request.Number, request.Task, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (incident, task) = found.Value;
                var before = task.State;
                if (task.Move(request.State, actor.PersonId, change.Now) is { } refusal)
                    return refusal;
                var details = new { Task = task.Id, Before = before, After = task.State };
                if (task.IsStep)
                    change.Audit("incident.step_moved", "incident", incident.Id, IncidentToChange.Named(incident), details);
                else
                    await IncidentToChange.RecordAsync(change, incident, "incident.task_moved", new NewEntry(
                        EntryKind.Task, $"Task {(task.State == TaskState.Open ? "open again" : IncidentTask.Word(task.State))}: {task.Title}", Details: details, Source: EntryRules.SourceOf(actor)), ct);
                change.Publish(WarRoomTopic.Of(incident.Id));
                if (task.TeamId is not null)
                    change.Publish(TeamsTopic.Of(incident.Id));
                return Done.Value;
            }, ct);
    }
}
