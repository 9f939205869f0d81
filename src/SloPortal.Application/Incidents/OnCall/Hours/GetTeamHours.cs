using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.OnCall.Hours;

/// <summary>When a team works.</summary>
/// <param name="IsOpen">Whether it does now.</param>
/// <param name="Holidays">Those that come, in order.</param>
/// <param name="CalendarAddress">Only for those who may change it, since it may hold a secret.</param>
/// <param name="CalendarReadAt">When holidays were last taken from the address or a file.</param>
/// <param name="CalendarProblem">Why the address could not be read last.</param>
public sealed record TeamHoursDetails(
    string TimeZone, IReadOnlyList<WeeklyHours> Week, bool IsOpen, IReadOnlyList<Holiday> Holidays, bool HasCalendar, string? CalendarAddress,
    DateTimeOffset? CalendarReadAt, DateTimeOffset? CalendarFailedAt, string? CalendarProblem, uint Version);

/// <param name="Hours">Null where nobody has said when the team works.</param>
public sealed record TeamHoursAnswer(TeamHoursDetails? Hours, bool MayChange);

/// <summary>The business hours of a team.</summary>
/// <param name="Team">Slug.</param>
public sealed record GetTeamHours(string Team)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<TeamHoursAnswer>> HandleAsync(GetTeamHours request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var team = await db.Teams.AsNoTracking().SingleOrDefaultAsync(t => t.Slug == request.Team, ct);
            if (team is null)
                return Refusal.NotFound($"The team \"{request.Team}\"");
            var mayChange = actor.MayChangeFor(team.Id);
            var hours = await db.TeamHours.AsNoTracking().SingleOrDefaultAsync(h => h.TeamId == team.Id, ct);
            if (hours is null)
                return new TeamHoursAnswer(null, mayChange);
            var now = clock.GetUtcNowInMicroseconds();
            var yesterday = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1);
            return new TeamHoursAnswer(
                new TeamHoursDetails(hours.TimeZone, hours.Week, hours.Hours.Covers(now), [.. hours.Holidays.Where(h => h.Date >= yesterday)], hours.CalendarAddress is not null, mayChange ? hours.CalendarAddress : null,
                    hours.CalendarReadAt, hours.CalendarFailedAt, hours.CalendarProblem, hours.Version), mayChange);
        }
    }
}
