using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Budgets;
using SloPortal.Application.Incidents;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews;

/// <summary>Postmortems on the axis of the objectives that they are about, when they were published.</summary>
internal sealed class PostmortemEvents(IDbContextFactory<PortalDbContext> contexts) : IStoryEvents
{
    private const int Most = 200;

    public async Task<IReadOnlyList<StoryMark>> InAsync(StoryScope scope, Interval range, Actor actor, CancellationToken ct)
    {
        var (start, end) = (range.Start, range.End);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var incidents = db.IncidentsFor(actor).Touching(scope);
        var rows = await db.PostmortemsFor(actor).AsNoTracking()
            .Where(p => p.State == PostmortemState.Published && p.PublishedAt >= start && p.PublishedAt <= end
                && (p.Services.Any(s => s.ServiceId == scope.ServiceId) || incidents.Any(i => i.Id == p.IncidentId)))
            .OrderByDescending(p => p.PublishedAt).Take(Most)
            .Select(p => new { p.Id, p.Number, p.Title, PublishedAt = p.PublishedAt!.Value }).ToListAsync(ct);
        return rows.ConvertAll(p => new StoryMark("postmortem", p.Id, p.PublishedAt, $"{Postmortem.CodeOf(p.Number)} {p.Title}", Number: p.Number));
    }
}
