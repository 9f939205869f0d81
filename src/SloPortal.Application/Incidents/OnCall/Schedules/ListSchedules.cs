using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.OnCall.Schedules;

/// <param name="Team">Slug.</param>
public sealed record ScheduleRow(Guid Id, string Slug, string Name, string Team, string TeamName, string TimeZone, DateTimeOffset? ArchivedAt);

/// <summary>The schedules, by team and name.</summary>
/// <param name="Team">Slug; null for all.</param>
/// <param name="Archived">Also those that are archived.</param>
public sealed record ListSchedules(string? Team = null, bool Archived = false)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<IReadOnlyList<ScheduleRow>>> HandleAsync(ListSchedules request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            return await db.Schedules.AsNoTracking().Where(s => request.Archived || s.ArchivedAt == null)
                .Join(db.Teams, s => s.TeamId, t => t.Id, (s, t) => new { s, t }).Where(r => request.Team == null || r.t.Slug == request.Team)
                .OrderBy(r => r.t.Name).ThenBy(r => r.s.Name)
                .Select(r => new ScheduleRow(r.s.Id, r.s.Slug, r.s.Name, r.t.Slug, r.t.Name, r.s.TimeZone, r.s.ArchivedAt)).ToListAsync(ct);
        }
    }
}
