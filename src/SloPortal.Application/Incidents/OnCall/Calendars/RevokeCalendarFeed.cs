using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.OnCall.Calendars;

/// <summary>Ends a calendar address of the actor for good.</summary>
public sealed record RevokeCalendarFeed(Guid Id)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(RevokeCalendarFeed request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RevokeCalendarFeed, Done>(request, actor, Permission.ManageOwnAccount, async change =>
            {
                var feed = await change.Db.CalendarFeeds.SingleOrDefaultAsync(f => f.Id == request.Id && f.PersonId == actor.PersonId, ct);
                if (feed is null)
                    return Refusal.NotFound("This calendar address");
                if (feed.RevokedAt is not null)
                    return Refusal.Conflict("This calendar address has ended already.");
                feed.Revoke(change.Now);
                change.Audit("calendar-feed.revoked", "calendar-feed", feed.Id, actor.Name);
                change.Publish(OnCallAddresses.Topic);
                return Done.Value;
            }, ct);
    }
}
