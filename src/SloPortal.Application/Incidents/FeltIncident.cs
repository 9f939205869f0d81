using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Incidents;

/// <summary>An incident as users felt it, with what was merged into it.</summary>
internal sealed record FeltIncident(
    int Number, string Title, IncidentSeverity Severity, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, List<(DateTimeOffset StartedAt, DateTimeOffset? EndedAt)> Merged)
{
    /// <summary>For the minutes of a window (decision 0016).</summary>
    public IEnumerable<FeltStretch> Stretches(DateTimeOffset now) => Merged.Prepend((StartedAt, EndedAt))
        .Where(m => (m.EndedAt ?? now) >= m.StartedAt)
        .Select(m => new FeltStretch(Number, StartedAt, new Interval(m.StartedAt, m.EndedAt ?? now)));

    /// <summary>Those felt in a window, the first to start first.</summary>
    /// <param name="visible">The incidents that the reader may see.</param>
    public static async Task<List<FeltIncident>> InAsync(IQueryable<Incident> visible, StoryScope scope, Interval window, CancellationToken ct)
    {
        var (start, end) = (window.Start, window.End);
        var rows = await visible.Touching(scope)
            .Where(i => (i.StartedAt < end && (i.EndedAt == null || i.EndedAt > start))
                || visible.Any(m => m.MergedIntoId == i.Id && m.StartedAt < end && (m.EndedAt ?? m.MergedAt) > start))
            .OrderBy(i => i.StartedAt)
            .Select(i => new
            {
                i.Number, i.Title, i.Severity, i.StartedAt, i.EndedAt,
                // What was merged was felt until it ended or, where nobody said, until it was merged.
                Merged = visible.Where(m => m.MergedIntoId == i.Id).Select(m => new { m.StartedAt, EndedAt = m.EndedAt ?? m.MergedAt }).ToList(),
            }).ToListAsync(ct);
        return rows.ConvertAll(r => new FeltIncident(r.Number, r.Title, r.Severity, r.StartedAt, r.EndedAt, r.Merged.ConvertAll(m => (m.StartedAt, m.EndedAt))));
    }
}
