using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.StatusPages;

namespace SloPortal.Application.Incidents.StatusPages.Subscribers;

/// <summary>What the operations on one subscription share.</summary>
internal static class SubscriptionToChange
{
    /// <summary>Whoever follows a link of a mail; it proves no more than that somebody has the mail.</summary>
    public static Actor ByLink { get; } = Actor.System("link of a mail");

    /// <summary>The subscription behind a link, or why there is none any more.</summary>
    public static async Task<Outcome<(StatusSubscriber Subscriber, StatusPage Page)>> FindAsync(
        PortalDbContext db, SubscriberLinks links, ReadSubscription linked, DateTimeOffset now, CancellationToken ct)
    {
        if (links.Read(linked.Link, linked.Token) is not { } id)
            return Refusal.Conflict("This link was changed on its way, or is not whole. Open the one in the mail.");
        var found = await (from s in db.StatusSubscribers join p in db.StatusPages on s.StatusPageId equals p.Id where s.Id == id select new { Subscriber = s, Page = p }).SingleOrDefaultAsync(ct);
        if (found is not null && !found.Subscriber.HasEnded(now))
        {
            return linked.Link == SubscriberLink.Confirm && found.Subscriber.ConfirmedAt is not null
                ? Refusal.Conflict($"{found.Subscriber.Hint} is confirmed already: this link was used before. Updates come by themselves.")
                : (found.Subscriber, found.Page);
        }
        if (linked.Link == SubscriberLink.Unsubscribe)
            return Refusal.Conflict("This subscription has ended already. No more mail comes of it.");
        var page = Slug.IsValid(linked.StatusPage) ? await db.StatusPages.AsNoTracking().SingleOrDefaultAsync(p => p.Slug == linked.StatusPage, ct) : null;
        return page is { ArchivedAt: not null } ? Refusal.Conflict("This status page was removed, and its subscriptions with it.")
            : page is not null && !StatusPageRules.Opens(page.KeyHash, linked.Key) ? Refusal.Conflict("The secret link of this status page was changed since, which ended the subscriptions made by the old one. Subscribe by the new link.")
            : Refusal.Conflict($"This link has ended: it works for {StatusSubscriber.ConfirmWithin.TotalHours:0} hours, and until you unsubscribe. Subscribe again on the status page.");
    }

    /// <summary>Ends all subscriptions of a page, with the mails that wait for them.</summary>
    /// <returns>How many there were.</returns>
    public static Task<int> EndAllAsync(Change change, StatusPage page, CancellationToken ct)
    {
        change.Publish(StatusPageAddresses.SubscriberTopic);
        return change.Db.StatusSubscribers.Where(s => s.StatusPageId == page.Id).ExecuteDeleteAsync(ct);
    }

    /// <summary>Records what became of a subscription; of the address only its hint, since what is recorded stays.</summary>
    public static void Record(Change change, string action, StatusSubscriber subscriber, StatusPage page)
    {
        change.Audit(action, "status_page", page.Id, page.Title, new { Address = subscriber.Hint });
        change.Publish(StatusPageAddresses.SubscriberTopic);
    }
}
