using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Escalation.Policies;
using SloPortal.Application.Incidents.StatusPages.Subscribers;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.StatusPages;

namespace SloPortal.Application.Incidents.StatusPages;

/// <param name="KeyMadeAt">When its link was made; null where it needs none.</param>
/// <param name="Subscribers">By mail; null for whoever may not change the page.</param>
public sealed record StatusPageRow(
    string Slug, string Title, StatusPageAudience Audience, bool NeedsApproval, IReadOnlyList<ShownServiceGiven> Services, DateTimeOffset? KeyMadeAt, DateTimeOffset CreatedAt, uint Version,
    SubscriberCounts? Subscribers);

/// <param name="Services">That a page can show, by name.</param>
/// <param name="WhyNoMail">Why nobody can subscribe by mail; null where they can.</param>
public sealed record StatusPageList(IReadOnlyList<StatusPageRow> StatusPages, IReadOnlyList<NamedSlug> Services, bool MayChange, string? WhyNoMail);

/// <summary>The status pages, by title.</summary>
public sealed record ListStatusPages
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SubscriberLinks links)
    {
        public async Task<Outcome<StatusPageList>> HandleAsync(ListStatusPages request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var shown = await db.StatusPages.AsNoTracking().Where(p => p.ArchivedAt == null).OrderBy(p => p.Title).ToListAsync(ct);
            var services = await db.Services.AsNoTracking().OrderBy(s => s.Name).Select(s => new { s.Id, s.Slug, s.Name, s.ArchivedAt }).ToListAsync(ct);
            var subscribers = actor.May(Permission.Administer) ? await SubscriberCounts.OfAsync(db, ct) : null;
            var slugs = services.ToDictionary(s => s.Id, s => s.Slug);
            return new StatusPageList(
                shown.ConvertAll(p => new StatusPageRow(
                    p.Slug, p.Title, p.Audience, p.NeedsApproval, [.. p.Services.Where(s => slugs.ContainsKey(s.ServiceId)).Select(s => new ShownServiceGiven(slugs[s.ServiceId], s.Name))], p.KeyMadeAt, p.CreatedAt, p.Version,
                    subscribers?.GetValueOrDefault(p.Id, SubscriberCounts.None))),
                [.. services.Where(s => s.ArchivedAt is null).Select(s => new NamedSlug(s.Slug, s.Name))], actor.May(Permission.Administer), links.WhyNoMail);
        }
    }
}
