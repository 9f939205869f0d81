using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.OnCall.Shifts;

/// <summary>Puts somebody on call for a stretch of time, whatever the layers say.</summary>
/// <param name="Schedule">Slug.</param>
/// <param name="From">A moment that has passed counts from now on; null is now.</param>
/// <param name="To">Exclusive.</param>
public sealed record OverrideShift(string Schedule, Guid Person, DateTimeOffset? From, DateTimeOffset To, string? Reason = null)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(92);

    public sealed class Validator : AbstractValidator<OverrideShift>
    {
        public Validator()
        {
            RuleFor(r => r.Person).NotEmpty().WithMessage("Choose who is on call.");
            RuleFor(r => r.To).Must((r, to) => r.From is null || to > r.From).WithMessage("The end must be after the start.");
            RuleFor(r => r.To).Must((r, to) => r.From is null || to - r.From <= Longest).WithMessage($"An override lasts at most {Longest.TotalDays:0} days. Change the layers for longer.");
            RuleFor(r => r.To).Must(to => to.Year <= 2100).WithMessage("Give an end before 2100.");
            RuleFor(r => r.Reason).MaximumLength(1000).WithMessage("A reason has at most 1,000 characters.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Guid>> HandleAsync(OverrideShift request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<OverrideShift, Guid>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await ScheduleToChange.OwnedAsync(change, request.Schedule, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var schedule = found.Value;
                var from = request.From is { } given && given > change.Now ? given.ToUniversalTime() : change.Now;
                if (request.To <= from)
                    return Refusal.Invalid(nameof(To), "This stretch is over; who was on call then stays on record. Give an end that comes.");
                if (request.To - from > Longest)
                    return Refusal.Invalid(nameof(To), $"An override lasts at most {Longest.TotalDays:0} days. Change the layers for longer.");
                var names = await ScheduleToChange.MembersAsync(change.Db, schedule.TeamId, nameof(Person), [request.Person], ct);
                if (!names.Succeeded)
                    return names.Refusal;
                var stretch = new Interval(from, request.To);
                var other = await change.Db.ShiftOverrides.Where(o => o.ScheduleId == schedule.Id && o.RemovedAt == null && o.StartsAt < stretch.End && o.EndsAt > stretch.Start)
                    .Join(change.Db.Users, o => o.PersonId, p => p.Id, (o, p) => new { o.StartsAt, o.EndsAt, p.DisplayName }).OrderBy(o => o.StartsAt).FirstOrDefaultAsync(ct);
                if (other is not null)
                    return Refusal.Conflict($"It overlaps the override of {other.DisplayName} from {ShiftToChange.Moment(other.StartsAt, schedule)} to {ShiftToChange.Moment(other.EndsAt, schedule)}. Remove that one first, or choose another time.");
                var was = (await ShiftToChange.FinalAsync(change, schedule, ct)).Between(stretch).Select(s => s.PersonId).ToList();
                var made = new ShiftOverride(Guid.CreateVersion7(change.Now), schedule.Id, request.Person, stretch, string.IsNullOrWhiteSpace(request.Reason) ? null : request.Reason.Trim(),
                    actor.Kind == ActorKind.System ? null : actor.PersonId, actor.Name, change.Now);
                change.Db.ShiftOverrides.Add(made);
                change.Audit("schedule.overridden", "schedule", schedule.Id, schedule.Name, new { made.Id, Person = names.Value[request.Person], From = stretch.Start, To = stretch.End, made.Reason });
                var (starts, address) = (ShiftToChange.Moment(stretch.Start, schedule), OnCallAddresses.Of(schedule.Slug));
                change.Tell(new[] { request.Person }.Where(p => p != actor.PersonId), $"{actor.Name} put you on call in {schedule.Name} from {starts} to {ShiftToChange.Moment(stretch.End, schedule)}.", address, byMail: true);
                change.Tell(was.Where(p => p != actor.PersonId && p != request.Person), $"{names.Value[request.Person]} is on call instead of you in {schedule.Name} from {starts} to {ShiftToChange.Moment(stretch.End, schedule)}.", address, byMail: true);
                change.Publish(OnCallAddresses.Topic);
                return made.Id;
            }, ct);
    }
}
