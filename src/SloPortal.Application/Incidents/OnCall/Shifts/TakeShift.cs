using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.OnCall.Shifts;

/// <summary>
/// Takes what is left of somebody's shift, or gives one's own away. Any member of the team takes a shift; giving somebody else's shift to a third
/// is for those who may change the schedule.
/// </summary>
/// <param name="Schedule">Slug.</param>
/// <param name="Person">Who has it from now on; null is the actor.</param>
public sealed record TakeShift(string Schedule, Guid Layer, long Index, Guid? Person = null, string? Reason = null)
{
    public sealed class Validator : AbstractValidator<TakeShift>
    {
        public Validator() => RuleFor(r => r.Reason).MaximumLength(1000).WithMessage("A reason has at most 1,000 characters.");
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(TakeShift request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<TakeShift, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await ScheduleToChange.OfMemberAsync(change, request.Schedule, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var schedule = found.Value;
                var shift = await ShiftToChange.FindAsync(change, schedule, await ShiftToChange.FinalAsync(change, schedule, ct), new ShiftName(request.Layer, request.Index), ct);
                if (!shift.Succeeded)
                    return shift.Refusal;
                var to = request.Person ?? actor.PersonId;
                if (to != actor.PersonId && shift.Value.HolderId != actor.PersonId && !actor.MayChangeFor(schedule.TeamId))
                    return Refusal.Denied($"This shift is {shift.Value.Holder}'s. Take it yourself, or ask them or a service owner of the team to give it away.");
                var names = await ScheduleToChange.MembersAsync(change.Db, schedule.TeamId, nameof(Person), [to], ct);
                if (!names.Succeeded)
                    return names.Refusal;
                if (to == shift.Value.HolderId)
                    return Refusal.Conflict($"{shift.Value.Holder} has this shift already.");
                ShiftToChange.Add(change, schedule, shift.Value, to, request.Reason);
                change.Audit("schedule.shift-taken", "schedule", schedule.Id, schedule.Name,
                    new { request.Layer, request.Index, From = shift.Value.Left.Start, To = shift.Value.Left.End, shift.Value.Holder, TakenBy = names.Value[to], request.Reason });
                var (from, address) = (ShiftToChange.Moment(shift.Value.Left.Start, schedule), OnCallAddresses.Of(schedule.Slug));
                change.Tell(new[] { shift.Value.HolderId }.Where(p => p != actor.PersonId), $"{names.Value[to]} has your shift in {schedule.Name} from {from} on.", address, byMail: true);
                change.Tell(new[] { to }.Where(p => p != actor.PersonId), $"{actor.Name} gave you the shift of {shift.Value.Holder} in {schedule.Name} from {from} on.", address, byMail: true);
                change.Publish(OnCallAddresses.Topic);
                return Done.Value;
            }, ct);
    }
}
