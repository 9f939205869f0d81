using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.OnCall.Schedules;

/// <summary>Writes the layers of a schedule anew, as a whole. Who was on call until now stays as it was (decision 0032).</summary>
/// <param name="Schedule">Slug.</param>
/// <param name="Layers">The highest first; one that is left out ends now.</param>
/// <param name="Version">As read, to notice somebody else's change; null overwrites.</param>
public sealed record ChangeSchedule(string Schedule, string Name, string TimeZone, IReadOnlyList<LayerGiven> Layers, uint? Version = null)
{
    public sealed class Validator : AbstractValidator<ChangeSchedule>
    {
        public Validator()
        {
            RuleFor(r => r.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage("Give the schedule a name.").MaximumLength(100).WithMessage("A name has at most 100 characters.");
            RuleFor(r => r.TimeZone).MustBeZone();
            RuleFor(r => r.Layers).MustBeLayers();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ChangeSchedule request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ChangeSchedule, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await ScheduleToChange.OwnedAsync(change, request.Schedule, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var schedule = found.Value;
                if (request.Version is { } version)
                    change.Db.Entry(schedule).Property(s => s.Version).OriginalValue = version;
                var members = await ScheduleToChange.MembersAsync(change.Db, schedule.TeamId, nameof(Layers), request.Layers.SelectMany(l => l.People), ct);
                if (!members.Succeeded)
                    return members.Refusal;
                var before = new { schedule.Name, schedule.TimeZone, Layers = schedule.Plans.Select(LayerGiven.Of).ToList() };
                var people = schedule.Plans.SelectMany(p => p.Rotation.People);
                schedule.Describe(schedule.Slug, request.Name.Trim());
                schedule.Change(request.TimeZone, [.. request.Layers.Select(l => l.Plan())], change.Now, () => Guid.CreateVersion7(change.Now));
                change.Audit("schedule.changed", "schedule", schedule.Id, schedule.Name, new { Before = before, After = new { schedule.Name, schedule.TimeZone, request.Layers } });
                change.Tell(people.Concat(members.Value.Keys).Where(p => p != actor.PersonId), $"{actor.Name} changed the shifts of {schedule.Name}. Look when yours are.", OnCallAddresses.Of(schedule.Slug), byMail: true);
                change.Publish(OnCallAddresses.Topic);
                return Done.Value;
            }, ct);
    }
}
