using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.OnCall.Schedules;

/// <summary>Ends a schedule. Nobody is on call by it from now on; who was stays known.</summary>
public sealed record ArchiveSchedule(string Schedule)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ArchiveSchedule request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ArchiveSchedule, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await ScheduleToChange.OwnedAsync(change, request.Schedule, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var schedule = found.Value;
                var people = schedule.Plans.SelectMany(p => p.Rotation.People).ToList();
                var overrides = await change.Db.ShiftOverrides.Where(o => o.ScheduleId == schedule.Id && o.EndsAt > change.Now && o.RemovedAt == null).ToListAsync(ct);
                overrides.ForEach(o => o.Remove(change.Now));
                schedule.Archive(change.Now);
                change.Audit("schedule.archived", "schedule", schedule.Id, schedule.Name, new { OverridesEnded = overrides.Count });
                change.Tell(people.Concat(overrides.Select(o => o.PersonId)).Where(p => p != actor.PersonId), $"{actor.Name} archived {schedule.Name}. Nobody is on call by it any more.", OnCallAddresses.Of(schedule.Slug), byMail: true);
                change.Publish(OnCallAddresses.Topic);
                return Done.Value;
            }, ct);
    }
}
