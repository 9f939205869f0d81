using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Budgets;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Incidents;

/// <summary>Incidents of the objective or its service on its axis, from when users felt them to when they no longer did.</summary>
internal sealed class IncidentEvents(IDbContextFactory<PortalDbContext> contexts) : IStoryEvents
{
    private const int Most = 200;

    public async Task<IReadOnlyList<StoryMark>> InAsync(StoryScope scope, Interval range, Actor actor, CancellationToken ct)
    {
        var (start, end) = (range.Start, range.End);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await db.IncidentsFor(actor).AsNoTracking().Touching(scope)
            .Where(i => i.StartedAt <= end && (i.EndedAt == null || i.EndedAt >= start))
            .OrderByDescending(i => i.StartedAt).Take(Most)
            .Select(i => new { i.Id, i.Number, i.Title, i.Severity, i.StartedAt, i.EndedAt }).ToListAsync(ct);
        return rows.ConvertAll(i => new StoryMark(
            "incident", i.Id, i.StartedAt, $"{Incident.CodeOf(i.Number)} {i.Title}, {SeverityLevel.Code(i.Severity)}", i.EndedAt, i.EndedAt is null,
            i.Severity is IncidentSeverity.Sev1 or IncidentSeverity.Sev2, Number: i.Number));
    }
}
