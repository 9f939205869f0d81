using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Data;

namespace SloPortal.Application.Measurement.Ingest.Writing;

/// <summary>Reads the splits in force and the segments that were made of them.</summary>
internal static class SplitReader
{
    /// <summary>By SLI.</summary>
    public static async Task<IReadOnlyDictionary<int, SplitSegments>> ReadAsync(PortalDbContext db, CancellationToken ct)
    {
        var splits = await db.SliSplits.AsNoTracking().Where(s => s.EndedAt == null).ToListAsync(ct);
        if (splits.Count == 0)
        {
            return new Dictionary<int, SplitSegments>();
        }

        var numbers = new SegmentNumbers();
        // No number is given twice, not even when what had it is no longer counted.
        if (await db.SliSegments.MaxAsync(s => (int?)s.Id, ct) is { } largest)
        {
            numbers.Pass(largest);
        }

        var found = splits.ToDictionary(s => s.Id, s => new SplitSegments(s.Id, s.SliId, s.Labels, s.Cap, numbers));
        await foreach (var segment in db.SliSegments.AsNoTracking().Where(g => db.SliSplits.Any(s => s.Id == g.SplitId && s.EndedAt == null)).AsAsyncEnumerable().WithCancellation(ct))
        {
            // A split that was set since is read with the next version.
            if (found.TryGetValue(segment.SplitId, out var split))
            {
                split.Restore(segment.Id, segment.LabelValues, segment.IsOther);
            }
        }

        return splits.ToDictionary(s => s.SliId, s => found[s.Id]);
    }
}
