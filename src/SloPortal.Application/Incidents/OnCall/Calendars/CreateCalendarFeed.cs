using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.OnCall.Calendars;

/// <param name="Secret">Shown now and never again; only its hash is kept.</param>
public sealed record NewCalendarFeed(Guid Id, string Secret);

/// <summary>Makes an address at which a calendar program reads the actor's shifts, or those of a schedule. One that they had for the same ends.</summary>
/// <param name="Schedule">Slug; null for the actor's own shifts.</param>
public sealed record CreateCalendarFeed(string? Schedule = null)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<NewCalendarFeed>> HandleAsync(CreateCalendarFeed request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CreateCalendarFeed, NewCalendarFeed>(request, actor, Permission.ManageOwnAccount, async change =>
            {
                var schedule = request.Schedule is null ? null : await change.Db.Schedules.AsNoTracking().SingleOrDefaultAsync(s => s.Slug == request.Schedule, ct);
                if (request.Schedule is not null && schedule is null)
                    return Refusal.NotFound($"The schedule \"{request.Schedule}\"");
                var scheduleId = schedule?.Id;
                foreach (var old in await change.Db.CalendarFeeds.Where(f => f.PersonId == actor.PersonId && f.ScheduleId == scheduleId && f.RevokedAt == null).ToListAsync(ct))
                    old.Revoke(change.Now);
                // The old one must have ended before the new one counts as the one in use.
                await change.Db.SaveChangesAsync(ct);
                var secret = LinkSecret.Generate();
                var feed = new CalendarFeed(Guid.CreateVersion7(change.Now), actor.PersonId, scheduleId, LinkSecret.HashOf(secret), change.Now);
                change.Db.CalendarFeeds.Add(feed);
                change.Audit("calendar-feed.created", "calendar-feed", feed.Id, schedule?.Name ?? actor.Name, new { request.Schedule });
                change.Publish(OnCallAddresses.Topic);
                return new NewCalendarFeed(feed.Id, secret);
            }, ct);
    }
}
