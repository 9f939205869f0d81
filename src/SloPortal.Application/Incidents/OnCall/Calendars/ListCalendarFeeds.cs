using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.OnCall.Calendars;

/// <param name="Schedule">Slug; null for one's own shifts.</param>
public sealed record CalendarFeedRow(Guid Id, string? Schedule, string? ScheduleName, DateTimeOffset CreatedAt);

/// <summary>The calendar addresses of the actor that are in use.</summary>
public sealed record ListCalendarFeeds
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<IReadOnlyList<CalendarFeedRow>>> HandleAsync(Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            return await db.CalendarFeeds.AsNoTracking().Where(f => f.PersonId == actor.PersonId && f.RevokedAt == null).OrderBy(f => f.CreatedAt)
                .Select(f => new CalendarFeedRow(
                    f.Id, db.Schedules.Where(s => s.Id == f.ScheduleId).Select(s => s.Slug).FirstOrDefault(), db.Schedules.Where(s => s.Id == f.ScheduleId).Select(s => s.Name).FirstOrDefault(), f.CreatedAt)).ToListAsync(ct);
        }
    }
}
