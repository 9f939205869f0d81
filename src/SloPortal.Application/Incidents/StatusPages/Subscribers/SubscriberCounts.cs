using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Budgets;

namespace SloPortal.Application.Incidents.StatusPages.Subscribers;

/// <summary>How many get the updates of a status page by mail, and what became of the mails that <see cref="ForgetSubscribers"/> still keeps.</summary>
/// <param name="Unconfirmed">Asked, and have not answered.</param>
/// <param name="Waiting">Mails about updates that are to be sent.</param>
/// <param name="Failed">Mails about updates that were given up.</param>
public sealed record SubscriberCounts(int Confirmed, int Unconfirmed, int Waiting, int Sent, int Failed)
{
    internal static readonly SubscriberCounts None = new(0, 0, 0, 0, 0);

    /// <summary>By page; a page without subscribers is not among them.</summary>
    internal static async Task<IReadOnlyDictionary<Guid, SubscriberCounts>> OfAsync(PortalDbContext db, CancellationToken ct)
    {
        var people = await db.StatusSubscribers.GroupBy(s => s.StatusPageId).Select(g => new { g.Key, Confirmed = g.Count(s => s.ConfirmedAt != null), All = g.Count() }).ToListAsync(ct);
        var mails = await (from m in db.SubscriberMails
                           where m.UpdateId != null
                           join s in db.StatusSubscribers on m.SubscriberId equals s.Id
                           group m by new { s.StatusPageId, m.State } into g
                           select new { g.Key.StatusPageId, g.Key.State, Count = g.Count() }).ToDictionaryAsync(m => (m.StatusPageId, m.State), m => m.Count, ct);
        return people.ToDictionary(p => p.Key, p => new SubscriberCounts(
            p.Confirmed, p.All - p.Confirmed, Mails(p.Key, NotificationState.Waiting), Mails(p.Key, NotificationState.Sent), Mails(p.Key, NotificationState.Failed)));

        int Mails(Guid page, NotificationState state) => mails.GetValueOrDefault((page, state));
    }
}
