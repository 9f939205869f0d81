using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.OnCall.Calendars;

/// <summary>The shifts behind a calendar address as an iCalendar document, 30 days back and 90 ahead, for whoever has the address.</summary>
[BeforeSignIn]
public sealed record ReadCalendarFeed(string Secret)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        /// <summary>Refused alike for an address that never was, one that was ended, and one of a closed account.</summary>
        public async Task<Outcome<string>> HandleAsync(ReadCalendarFeed request, CancellationToken ct)
        {
            var hash = LinkSecret.HashOf(request.Secret);
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var feed = await db.CalendarFeeds.AsNoTracking().SingleOrDefaultAsync(f => f.SecretHash == hash && f.RevokedAt == null && db.Users.Any(p => p.Id == f.PersonId && p.DisabledAt == null), ct);
            if (feed is null)
                return Refusal.NotFound("This calendar");
            var schedules = await db.Schedules.AsNoTracking().Where(s => feed.ScheduleId == null || s.Id == feed.ScheduleId).ToListAsync(ct);
            var range = new Interval(now.AddDays(-30), now.AddDays(90));
            var final = await ScheduleReading.FinalAsync(db, schedules, range, ct);
            var shifts = schedules.SelectMany(s => final[s.Id].Between(range).Where(shift => feed.ScheduleId is not null || shift.PersonId == feed.PersonId).Select(shift => (Schedule: s, Shift: shift))).ToList();
            var names = await ScheduleStrip.NamesAsync(db, shifts.Select(s => s.Shift), ct);
            var title = feed.ScheduleId is null ? "My shifts" : schedules.Select(s => s.Name).FirstOrDefault() ?? "Shifts";
            return ShiftCalendar.Of(title, [.. shifts.Select(s => (s.Schedule, ScheduleStrip.Row(s.Shift, names)))], withNames: feed.ScheduleId is not null, now);
        }
    }
}
