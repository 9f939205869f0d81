using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.OnCall.Schedules;

/// <summary>Adds a schedule of a team. Its layers count from now on, each from its first hand-off.</summary>
/// <param name="Team">Slug.</param>
/// <param name="TimeZone">IANA id of the clock by which shifts are handed over.</param>
/// <param name="Layers">The highest first.</param>
public sealed record CreateSchedule(string Team, string Slug, string Name, string TimeZone, IReadOnlyList<LayerGiven> Layers)
{
    public sealed class Validator : AbstractValidator<CreateSchedule>
    {
        public Validator()
        {
            RuleFor(r => r.Team).NotEmpty().WithMessage("Choose the team.");
            RuleFor(r => r.Slug).MustBeSlug();
            RuleFor(r => r.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage("Give the schedule a name.").MaximumLength(100).WithMessage("A name has at most 100 characters.");
            RuleFor(r => r.TimeZone).MustBeZone();
            RuleFor(r => r.Layers).MustBeLayers();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The slug.</returns>
        public Task<Outcome<string>> HandleAsync(CreateSchedule request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CreateSchedule, string>(request, actor, Permission.OwnServices, async change =>
            {
                var team = await change.Db.Teams.AsNoTracking().SingleOrDefaultAsync(t => t.Slug == request.Team, ct);
                if (team is null)
                    return Refusal.NotFound($"The team \"{request.Team}\"");
                if (!actor.MayChangeFor(team.Id))
                    return Denial.OfTeam(team.Name);
                // "new" is the address of the form.
                if (request.Slug == "new" || await change.Db.Schedules.AnyAsync(s => s.Slug == request.Slug, ct))
                    return new Refusal(RefusalKind.Conflict, "Another schedule has that short name. Choose another.", new Dictionary<string, string[]> { [nameof(Slug)] = ["Another schedule has that short name. Choose another."] });
                var members = await ScheduleToChange.MembersAsync(change.Db, team.Id, nameof(Layers), request.Layers.SelectMany(l => l.People), ct);
                if (!members.Succeeded)
                    return members.Refusal;
                var schedule = new Schedule(Guid.CreateVersion7(change.Now), team.Id, request.Slug, request.Name.Trim(), request.TimeZone, change.Now);
                schedule.Change(request.TimeZone, [.. request.Layers.Select(l => (l with { Id = null }).Plan())], change.Now, () => Guid.CreateVersion7(change.Now));
                change.Db.Schedules.Add(schedule);
                change.Audit("schedule.created", "schedule", schedule.Id, schedule.Name, new { Team = team.Slug, schedule.Slug, schedule.TimeZone, request.Layers });
                change.Tell(members.Value.Keys.Where(p => p != actor.PersonId), $"{actor.Name} put you on call in {schedule.Name}.", OnCallAddresses.Of(schedule.Slug), byMail: true);
                change.Publish(OnCallAddresses.Topic);
                return schedule.Slug;
            }, ct);
    }
}
