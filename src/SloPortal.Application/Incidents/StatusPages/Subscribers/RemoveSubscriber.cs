using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.StatusPages.Subscribers;

/// <summary>Forgets a subscriber of a status page, with the mails that wait for them.</summary>
/// <param name="StatusPage">Slug.</param>
public sealed record RemoveSubscriber(string StatusPage, Guid Id)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(RemoveSubscriber request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RemoveSubscriber, Done>(request, actor, Permission.Administer, async change =>
            {
                var found = await StatusPageRules.FindAsync(change, request.StatusPage, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                if (await change.Db.StatusSubscribers.SingleOrDefaultAsync(s => s.Id == request.Id && s.StatusPageId == found.Value.Id, ct) is not { } subscriber)
                    return Refusal.NotFound("The subscriber");
                change.Db.Remove(subscriber);
                SubscriptionToChange.Record(change, "status_subscriber.removed", subscriber, found.Value);
                return Done.Value;
            }, ct);
    }
}
