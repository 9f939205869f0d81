using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.OnCall.Hours;

/// <summary>Takes the holidays of a team from an iCalendar file, in place of those that it had. Answers with their number.</summary>
/// <param name="Team">Slug.</param>
/// <param name="Calendar">The text of the file.</param>
public sealed record UploadHolidays(string Team, string Calendar)
{
    public sealed class Validator : AbstractValidator<UploadHolidays>
    {
        public Validator()
        {
            RuleFor(r => r.Calendar).NotEmpty().WithMessage("Choose an iCalendar file (.ics).");
            RuleFor(r => r.Calendar).MaximumLength(HolidayCalendar.MostBytes).WithMessage("An iCalendar file of holidays has at most 1 MB.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<int>> HandleAsync(UploadHolidays request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<UploadHolidays, int>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await TeamHoursToChange.FindAsync(change, request.Team, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (team, hours) = found.Value;
                if (hours is null)
                    return Refusal.Conflict($"{team.Name} has no business hours yet. Save them first, then add the holidays.");
                if (hours.CalendarAddress is not null)
                    return Refusal.Conflict("The holidays come from a calendar address, which would replace the file within a day. Take the address out first.");
                var (from, to) = TeamHoursToChange.Kept(change.Now);
                var holidays = HolidayCalendar.Read(request.Calendar, from, to, nameof(Calendar));
                if (!holidays.Succeeded)
                    return holidays.Refusal;
                hours.TakeHolidays(holidays.Value, change.Now);
                change.Audit("team.holidays-uploaded", "team", team.Id, team.Name, new { Holidays = holidays.Value });
                change.Publish("teams");
                change.Publish(OnCallAddresses.Topic);
                return holidays.Value.Count;
            }, ct);
    }
}
