using SloPortal.Application.Access;
using SloPortal.Application.Incidents.StatusPages.Subscribers;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.StatusPages;

/// <summary>Takes a status page off the net for good. What was published on it stays on record; its subscribers are forgotten.</summary>
public sealed record ArchiveStatusPage(string Slug)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ArchiveStatusPage request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ArchiveStatusPage, Done>(request, actor, Permission.Administer, async change =>
            {
                var found = await StatusPageRules.FindAsync(change, request.Slug, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                found.Value.Archive(change.Now);
                var ended = await SubscriptionToChange.EndAllAsync(change, found.Value, ct);
                change.Audit("status_page.archived", "status_page", found.Value.Id, found.Value.Title, new { found.Value.Slug, EndedSubscriptions = ended });
                change.Publish(StatusPageAddresses.Topic);
                return Done.Value;
            }, ct);
    }
}
