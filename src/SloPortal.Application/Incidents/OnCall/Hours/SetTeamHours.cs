using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.OnCall.Hours;

/// <summary>Says when a team works, and where its holidays come from.</summary>
/// <param name="Team">Slug.</param>
/// <param name="TimeZone">IANA id of the clock that the hours are read from.</param>
/// <param name="Week">At least one; overlapping ones count once.</param>
/// <param name="CalendarAddress">An iCalendar address with the holidays, read every day; null for none.</param>
/// <param name="Version">As read, to notice somebody else's change; null overwrites.</param>
public sealed record SetTeamHours(string Team, string TimeZone, IReadOnlyList<WeeklyHours> Week, string? CalendarAddress = null, uint? Version = null)
{
    public sealed class Validator : AbstractValidator<SetTeamHours>
    {
        public Validator()
        {
            RuleFor(r => r.TimeZone).MustBeZone();
            RuleFor(r => r.Week).Must(w => w is { Count: > 0 }).WithMessage("Say on which days and at which hours the team works.");
            RuleFor(r => (IReadOnlyList<WeeklyHours>?)r.Week).MustBeHours(_ => "Business hours").OverridePropertyName(nameof(Week));
            RuleFor(r => r.CalendarAddress).Must(ValidationRules.IsWebAddress).When(r => !string.IsNullOrWhiteSpace(r.CalendarAddress)).WithMessage("Give the address of an iCalendar file; it begins with https:// or http://.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(SetTeamHours request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<SetTeamHours, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await TeamHoursToChange.FindAsync(change, request.Team, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (team, hours) = found.Value;
                if (hours is null)
                    change.Db.TeamHours.Add(hours = new StoredTeamHours(team.Id));
                else if (request.Version is { } version)
                    change.Db.Entry(hours).Property(h => h.Version).OriginalValue = version;
                var before = new { hours.TimeZone, hours.Week, hours.CalendarAddress };
                hours.Set(request.TimeZone, [.. request.Week], string.IsNullOrWhiteSpace(request.CalendarAddress) ? null : request.CalendarAddress.Trim());
                change.Audit("team.hours-set", "team", team.Id, team.Name, new { Before = before, After = new { hours.TimeZone, hours.Week, hours.CalendarAddress } });
                change.Publish("teams");
                change.Publish(OnCallAddresses.Topic);
                return Done.Value;
            }, ct);
    }
}
