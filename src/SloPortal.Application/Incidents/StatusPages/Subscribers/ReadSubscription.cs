using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.StatusPages.Subscribers;

/// <param name="StatusPage">Its title.</param>
/// <param name="Hint">Of the address.</param>
public sealed record LinkedSubscription(string StatusPage, string Hint);

/// <summary>What stands behind a link in a mail to a subscriber, for whoever has it. Reading changes nothing: mail programs open links by themselves.</summary>
/// <param name="StatusPage">Slug.</param>
/// <param name="Key">The secret in the page's link; null where none is needed.</param>
[BeforeSignIn]
public sealed record ReadSubscription(SubscriberLink Link, string Token, string StatusPage, string? Key)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SubscriberLinks links, TimeProvider clock)
    {
        public async Task<Outcome<LinkedSubscription>> HandleAsync(ReadSubscription request, CancellationToken ct)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await SubscriptionToChange.FindAsync(db, links, request, clock.GetUtcNowInMicroseconds(), ct);
            return found.Succeeded ? new LinkedSubscription(found.Value.Page.Title, found.Value.Subscriber.Hint) : found.Refusal;
        }
    }
}
