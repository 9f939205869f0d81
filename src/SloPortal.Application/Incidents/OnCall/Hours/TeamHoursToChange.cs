using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.OnCall.Hours;

internal static class TeamHoursToChange
{
    /// <summary>The team, and its hours where it has some.</summary>
    public static async Task<Outcome<(Team Team, StoredTeamHours? Hours)>> FindAsync(Change change, string slug, CancellationToken ct)
    {
        var team = await change.Db.Teams.AsNoTracking().SingleOrDefaultAsync(t => t.Slug == slug, ct);
        if (team is null)
            return Refusal.NotFound($"The team \"{slug}\"");
        if (!change.Actor.MayChangeFor(team.Id))
            return Denial.OfTeam(team.Name);
        return (team, await change.Db.TeamHours.SingleOrDefaultAsync(h => h.TeamId == team.Id, ct));
    }

    /// <summary>The days that are kept of a calendar: a year back, so that the past can be judged, and three ahead.</summary>
    public static (DateOnly From, DateOnly To) Kept(DateTimeOffset now) => (DateOnly.FromDateTime(now.UtcDateTime).AddYears(-1), DateOnly.FromDateTime(now.UtcDateTime).AddYears(3));
}
