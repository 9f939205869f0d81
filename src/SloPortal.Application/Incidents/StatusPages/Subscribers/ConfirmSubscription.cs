using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.StatusPages.Subscribers;

/// <summary>Says that the address is the subscriber's, who gets every update from now on.</summary>
/// <param name="StatusPage">Slug.</param>
/// <param name="Key">The secret in the page's link; null where none is needed.</param>
[BeforeSignIn]
public sealed record ConfirmSubscription(string Token, string StatusPage, string? Key)
{
    public sealed class Handler(UnitOfWork work, SubscriberLinks links)
    {
        public Task<Outcome<LinkedSubscription>> HandleAsync(ConfirmSubscription request, CancellationToken ct) =>
            work.ChangeAsync<ConfirmSubscription, LinkedSubscription>(request, SubscriptionToChange.ByLink, Permission.Read, async change =>
            {
                var found = await SubscriptionToChange.FindAsync(change.Db, links, new(SubscriberLink.Confirm, request.Token, request.StatusPage, request.Key), change.Now, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (subscriber, page) = found.Value;
                subscriber.Confirm(change.Now);
                SubscriptionToChange.Record(change, "status_subscriber.confirmed", subscriber, page);
                return new LinkedSubscription(page.Title, subscriber.Hint);
            }, ct);
    }
}
