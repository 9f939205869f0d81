using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.StatusPages.Subscribers;

/// <summary>Forgets a subscriber by the link in one of their mails, with the mails that wait for them.</summary>
/// <param name="StatusPage">Slug.</param>
[BeforeSignIn]
public sealed record EndSubscription(string Token, string StatusPage)
{
    public sealed class Handler(UnitOfWork work, SubscriberLinks links)
    {
        public Task<Outcome<LinkedSubscription>> HandleAsync(EndSubscription request, CancellationToken ct) =>
            work.ChangeAsync<EndSubscription, LinkedSubscription>(request, SubscriptionToChange.ByLink, Permission.Read, async change =>
            {
                var found = await SubscriptionToChange.FindAsync(change.Db, links, new(SubscriberLink.Unsubscribe, request.Token, request.StatusPage, null), change.Now, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (subscriber, page) = found.Value;
                change.Db.Remove(subscriber);
                SubscriptionToChange.Record(change, "status_subscriber.left", subscriber, page);
                return new LinkedSubscription(page.Title, subscriber.Hint);
            }, ct);
    }
}
