using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews.Archive;

/// <summary>One search as it goes: first with all words; when nothing has them all, or few have all of a sentence, for what comes nearest.</summary>
internal sealed class ArchiveSearch(PortalDbContext db, Actor actor, SearchText text)
{
    private const int LongestSummary = 280;

    private const int FewOfASentence = 5;

    private RareWords? nearest;

    public bool IsNearest => nearest is not null;

    /// <summary>The best, one more than is counted where there are more.</summary>
    public async Task<List<ArchiveMatch>> FindAsync(ArchiveFilter filter, CancellationToken ct)
    {
        var found = await BestAsync(ArchiveQuery.Matching(db, actor, filter), ct);
        if (text.IsEmpty || found.Count >= (text.IsSentence ? FewOfASentence : 1))
            return found;
        nearest = await RareWords.ReadAsync(db, text, ct);
        if (nearest is null)
            return found;
        var near = await BestAsync(ArchiveQuery.Nearest(db, actor, filter, nearest), ct);
        if (near.Count > 0)
            return near;
        nearest = null;
        return found;
    }

    /// <summary>What each facet offers: counted with the rest of the filter, so that a choice in it leaves the others of it to choose.</summary>
    public async Task<ArchiveFacets> CountAsync(ArchiveFilter filter, List<ArchiveMatch> counted, CancellationToken ct)
    {
        var ofServices = filter.Services is { Count: > 0 } ? await AgainAsync(filter with { Services = null }, ct) : counted;
        var ofSeverities = filter.Severities is { Count: > 0 } ? await AgainAsync(filter with { Severities = null }, ct) : counted;
        var ofFactors = filter.Factors is { Count: > 0 } ? await AgainAsync(filter with { Factors = null }, ct) : counted;
        var ofYears = filter.From is not null || filter.To is not null ? await AgainAsync(filter with { From = null, To = null }, ct) : counted;
        return new ArchiveFacets(
            await ArchiveFacets.ServicesAsync(db, ofServices, ct), ArchiveFacets.SeveritiesOf(ofSeverities), await ArchiveFacets.FactorsAsync(db, ofFactors, ct),
            ArchiveFacets.YearsOf(ofYears), ArchiveFacets.QuartersOf(ofYears));
    }

    public async Task<IReadOnlyList<ArchiveHit>> ShowAsync(IReadOnlyList<ArchiveMatch> matches, CancellationToken ct)
    {
        if (matches.Count == 0)
            return [];
        Guid[] ids = [.. matches.Select(m => m.Id)];
        var rows = await db.Postmortems.AsNoTracking().Where(p => ids.Contains(p.Id)).Select(p => new
        {
            p.Id,
            p.Number,
            p.Title,
            p.Summary,
            p.Severity,
            p.StartedAt,
            p.PublishedAt,
            p.Origin,
            Services = p.Services.Join(db.Services, s => s.ServiceId, s => s.Id, (_, s) => s.Name).Order().ToList(),
            Factors = p.Factors.Select(f => f.Factor).Order().ToList(),
        }).ToDictionaryAsync(p => p.Id, ct);
        var marked = text.IsEmpty ? [] : await MarkAsync(ids, ct);
        return [.. matches.Where(m => rows.ContainsKey(m.Id)).Select(m =>
        {
            var row = rows[m.Id];
            var marks = marked.GetValueOrDefault(m.Id);
            return new ArchiveHit(
                row.Number, Postmortem.CodeOf(row.Number), Highlight.Read(marks?.Title ?? row.Title),
                marks is null ? [new Stretch(Beginning(row.Summary), false)] : Highlight.Read(marks.Passages), row.Severity, row.StartedAt,
                row.PublishedAt ?? m.HappenedAt, row.Origin, row.Services, row.Factors, m.Rank);
        })];
    }

    private sealed record Marked(Guid Id, string Title, string Passages);

    private Task<Dictionary<Guid, Marked>> MarkAsync(Guid[] ids, CancellationToken ct)
    {
        var (isNearest, any) = (IsNearest, nearest?.All ?? "");
        return db.Database.SqlQuery<Marked>(
            $"""
            SELECT p.id, ts_headline('english', translate(p.title, {Highlight.Marks}, ''), q.query, {Highlight.OfAll}) AS title,
                ts_headline('english', translate(concat_ws(E'\n\n', nullif(p.summary, ''), left(p.body, 100000)), {Highlight.Marks}, ''), q.query, {Highlight.OfPassages}) AS passages
            FROM postmortems p,
                (SELECT CASE WHEN {isNearest} THEN CAST({any} AS tsquery) ELSE websearch_to_tsquery('english', {text.Whole}) END) AS q(query)
            WHERE p.id = ANY ({ids})
            """).ToDictionaryAsync(m => m.Id, ct);
    }

    private Task<List<ArchiveMatch>> AgainAsync(ArchiveFilter filter, CancellationToken ct) =>
        BestAsync(nearest is null ? ArchiveQuery.Matching(db, actor, filter) : ArchiveQuery.Nearest(db, actor, filter, nearest), ct);

    private Task<List<ArchiveMatch>> BestAsync(IQueryable<ArchiveMatch> matches, CancellationToken ct) =>
        matches.InOrder(byRank: !text.IsEmpty).Take(IsNearest ? SearchPostmortems.MostNearest : SearchPostmortems.MostCounted + 1).ToListAsync(ct);

    private static string Beginning(string summary) =>
        summary.Length <= LongestSummary ? summary : summary[..LongestSummary].TrimEnd() + "…";
}
