using SloPortal.Application.Access;
using SloPortal.Application.Incidents.StatusPages.Subscribers;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.StatusPages;

namespace SloPortal.Application.Incidents.StatusPages;

/// <summary>Gives a status page another link. The old one is worth nothing from this moment on, and who subscribed by it gets no more mail.</summary>
public sealed record RotateStatusPageKey(string Slug)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<StatusPageLink>> HandleAsync(RotateStatusPageKey request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RotateStatusPageKey, StatusPageLink>(request, actor, Permission.Administer, async change =>
            {
                var found = await StatusPageRules.FindAsync(change, request.Slug, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                if (found.Value.Audience == StatusPageAudience.Everybody)
                    return Refusal.Conflict("Everybody may read this status page, so it has no secret link.");
                var key = StatusPageRules.ShowTo(found.Value, StatusPageAudience.ByLink, change.Now);
                var ended = await SubscriptionToChange.EndAllAsync(change, found.Value, ct);
                change.Audit("status_page.link_renewed", "status_page", found.Value.Id, found.Value.Title, new { EndedSubscriptions = ended });
                change.Publish(StatusPageAddresses.Topic);
                return new StatusPageLink(found.Value.Slug, key);
            }, ct);
    }
}
