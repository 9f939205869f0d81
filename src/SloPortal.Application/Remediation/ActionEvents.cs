using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Budgets;
using SloPortal.Application.Incidents;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Remediation;

namespace SloPortal.Application.Remediation;

/// <summary>Actions on the service, or that follow from its incidents, on the axis of its objectives, when they were done.</summary>
internal sealed class ActionEvents(IDbContextFactory<PortalDbContext> contexts) : IStoryEvents
{
    private const int Most = 200;

    public async Task<IReadOnlyList<StoryMark>> InAsync(StoryScope scope, Interval range, Actor actor, CancellationToken ct)
    {
        var (start, end) = (range.Start, range.End);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var incidents = db.IncidentsFor(actor).Touching(scope);
        var rows = await db.ActionsFor(actor).AsNoTracking()
            .Where(a => a.State == ActionState.Done && a.EndedAt >= start && a.EndedAt <= end
                && (a.ServiceId == scope.ServiceId || (a.ServiceId == null && incidents.Any(i => i.Id == a.IncidentId))))
            .OrderByDescending(a => a.EndedAt).Take(Most)
            .Select(a => new { a.Id, a.Number, a.Title, EndedAt = a.EndedAt!.Value }).ToListAsync(ct);
        return rows.ConvertAll(a => new StoryMark("action", a.Id, a.EndedAt, $"{ActionItem.CodeOf(a.Number)} done: {a.Title}", Number: a.Number));
    }
}
