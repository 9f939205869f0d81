using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.OnCall.Shifts;

/// <summary>Two people exchange two shifts of a schedule. Each keeps going with its shift, whenever that is handed over.</summary>
/// <param name="Schedule">Slug.</param>
public sealed record SwapShifts(string Schedule, ShiftName One, ShiftName Other, string? Reason = null)
{
    public sealed class Validator : AbstractValidator<SwapShifts>
    {
        public Validator()
        {
            RuleFor(r => r.One).NotNull().WithMessage("Choose the two shifts.");
            RuleFor(r => r.Other).NotNull().WithMessage("Choose the two shifts.");
            RuleFor(r => r.Reason).MaximumLength(1000).WithMessage("A reason has at most 1,000 characters.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(SwapShifts request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<SwapShifts, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await ScheduleToChange.OfMemberAsync(change, request.Schedule, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var schedule = found.Value;
                var final = await ShiftToChange.FinalAsync(change, schedule, ct);
                var one = await ShiftToChange.FindAsync(change, schedule, final, request.One, ct);
                if (!one.Succeeded)
                    return one.Refusal;
                var other = await ShiftToChange.FindAsync(change, schedule, final, request.Other, ct);
                if (!other.Succeeded)
                    return other.Refusal;
                if (one.Value.HolderId == other.Value.HolderId)
                    return Refusal.Invalid(nameof(Other), $"Both shifts are {one.Value.Holder}'s. Choose one of somebody else.");
                if (one.Value.HolderId != actor.PersonId && other.Value.HolderId != actor.PersonId && !actor.MayChangeFor(schedule.TeamId))
                    return Refusal.Denied("Neither of the shifts is yours. Those who have them can swap, or a service owner of the team.");
                var names = await ScheduleToChange.MembersAsync(change.Db, schedule.TeamId, nameof(Other), [one.Value.HolderId, other.Value.HolderId], ct);
                if (!names.Succeeded)
                    return names.Refusal;
                ShiftToChange.Add(change, schedule, one.Value, other.Value.HolderId, request.Reason);
                ShiftToChange.Add(change, schedule, other.Value, one.Value.HolderId, request.Reason);
                change.Audit("schedule.shifts-swapped", "schedule", schedule.Id, schedule.Name, new
                {
                    One = new { one.Value.Name.Layer, one.Value.Name.Index, From = one.Value.Left.Start, one.Value.Holder },
                    Other = new { other.Value.Name.Layer, other.Value.Name.Index, From = other.Value.Left.Start, other.Value.Holder },
                    request.Reason,
                });
                foreach (var (mine, theirs) in new[] { (one.Value, other.Value), (other.Value, one.Value) })
                {
                    change.Tell(new[] { mine.HolderId }.Where(p => p != actor.PersonId),
                        $"Your shift in {schedule.Name} from {ShiftToChange.Moment(mine.Left.Start, schedule)} is swapped with that of {theirs.Holder} from {ShiftToChange.Moment(theirs.Left.Start, schedule)}.", OnCallAddresses.Of(schedule.Slug), byMail: true);
                }
                change.Publish(OnCallAddresses.Topic);
                return Done.Value;
            }, ct);
    }
}
