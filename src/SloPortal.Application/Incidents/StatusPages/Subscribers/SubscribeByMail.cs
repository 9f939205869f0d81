using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.StatusPages;

namespace SloPortal.Application.Incidents.StatusPages.Subscribers;

/// <summary>
/// Asks an address whether its owner wants the updates of a status page. Whether it gets them already, or was asked lately, is nobody's business, so
/// the answer is the same. Nothing is recorded: it is a stranger's question until the owner of the address answers it.
/// </summary>
/// <param name="StatusPage">Slug.</param>
/// <param name="Key">The secret in the page's link; null where none is needed.</param>
[BeforeSignIn]
public sealed record SubscribeByMail(string StatusPage, string? Key, string? Address)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SubscriberLinks links, SubscriberKeys keys, TimeProvider clock)
    {
        /// <returns>The title of the page.</returns>
        public async Task<Outcome<string>> HandleAsync(SubscribeByMail request, CancellationToken ct)
        {
            try
            {
                return await AskAsync(request, ct);
            }
            catch (Exception e) when (PortalFailure.IsDatabaseAway(e))
            {
                return Refusal.Unavailable;
            }
        }

        private async Task<Outcome<string>> AskAsync(SubscribeByMail request, CancellationToken ct)
        {
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (!Slug.IsValid(request.StatusPage)
                || await db.StatusPages.AsNoTracking().SingleOrDefaultAsync(p => p.Slug == request.StatusPage && p.ArchivedAt == null, ct) is not { } page || !StatusPageRules.Opens(page.KeyHash, request.Key))
            {
                return new Refusal(RefusalKind.NotFound, StatusPageRules.NotServed);
            }
            if (links.WhyNoMail is not null)
                return Refusal.Conflict("This page sends no mail. Its feed tells the same.");
            if (SubscriberAddress.Of(request.Address) is not { } address)
                return Refusal.Invalid(nameof(Address), "Give one mail address, for example me@example.com.");

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            // One after the other, on all portals, so that what is counted holds.
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('status-subscribers', 0))", ct);
            // Before anything is known of the address, so that the answer tells nothing of it.
            var ofPage = db.StatusSubscribers.Where(s => s.StatusPageId == page.Id);
            if (await ofPage.CountAsync(ct) >= StatusSubscriber.MostOfAPage)
                return Refusal.Conflict($"This page has {StatusSubscriber.MostOfAPage:N0} subscribers by mail, and cannot have more. Its feed tells the same.");
            if (await ofPage.CountAsync(s => s.ConfirmedAt == null && s.AskedAt > now - StatusSubscriber.BetweenQuestions, ct) >= StatusSubscriber.MostAskingInAnHour)
                return Refusal.Conflict("Too many ask for this page at the moment. Try again in an hour; its feed tells the same.");
            var known = await ofPage.SingleOrDefaultAsync(s => s.Address == address, ct);
            var askedLately = await db.StatusSubscribers.AnyAsync(
                s => s.Address == address && db.SubscriberMails.Any(m => m.SubscriberId == s.Id && m.UpdateId == null && m.CreatedAt > now - StatusSubscriber.BetweenQuestions), ct);
            if (known is not { ConfirmedAt: not null } && !askedLately)
            {
                var key = page.KeyHash is null ? null : keys.Protect(request.Key);
                if (known is null)
                    db.StatusSubscribers.Add(known = new StatusSubscriber(Guid.CreateVersion7(now), page.Id, address, key, now));
                else
                    known.AskAgain(key, now);
                db.SubscriberMails.Add(new SubscriberMail { Id = Guid.CreateVersion7(now), SubscriberId = known.Id, CreatedAt = now, NextAttemptAt = now });
                await db.SaveChangesAsync(ct);
                await PortalEvents.PublishAsync(db, [StatusPageAddresses.SubscriberTopic], ct);
            }
            await transaction.CommitAsync(ct);
            return page.Title;
        }
    }
}
