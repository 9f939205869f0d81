using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.OnCall.Shifts;

/// <summary>Ends an override. What it was until now stays.</summary>
/// <param name="Schedule">Slug.</param>
public sealed record RemoveOverride(string Schedule, Guid Id)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(RemoveOverride request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RemoveOverride, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await ScheduleToChange.OwnedAsync(change, request.Schedule, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var schedule = found.Value;
                var made = await change.Db.ShiftOverrides.SingleOrDefaultAsync(o => o.Id == request.Id && o.ScheduleId == schedule.Id, ct);
                if (made is null)
                    return Refusal.NotFound("This override");
                if (made.RemovedAt is not null || made.EndsAt <= change.Now)
                    return Refusal.Conflict("This override is over already.");
                made.Remove(change.Now);
                change.Audit("schedule.override-removed", "schedule", schedule.Id, schedule.Name, new { made.Id, made.PersonId, made.StartsAt, made.EndsAt });
                change.Tell(new[] { made.PersonId }.Where(p => p != actor.PersonId), $"{actor.Name} removed your override in {schedule.Name} that was to end on {ShiftToChange.Moment(made.EndsAt, schedule)}.", OnCallAddresses.Of(schedule.Slug), byMail: true);
                change.Publish(OnCallAddresses.Topic);
                return Done.Value;
            }, ct);
    }
}
