using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents;
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
    /// <param name="beside">Another context, so that it is counted while the hits are read.</param>
    /// <param name="filter">What was asked.</param>
    /// <param name="counted">What was found.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ArchiveFacets> CountAsync(PortalDbContext beside, ArchiveFilter filter, List<ArchiveMatch> counted, CancellationToken ct)
    {
        var ofServices = filter.Services is { Count: > 0 } ? await AgainAsync(beside, filter with { Services = null }, ct) : counted;
        var ofSeverities = filter.Severities is { Count: > 0 } ? await AgainAsync(beside, filter with { Severities = null }, ct) : counted;
        var ofFactors = filter.Factors is { Count: > 0 } ? await AgainAsync(beside, filter with { Factors = null }, ct) : counted;
        var ofYears = filter.From is not null || filter.To is not null ? await AgainAsync(beside, filter with { From = null, To = null }, ct) : counted;
        var (services, factors) = await ArchiveFacets.ServicesAndFactorsAsync(beside, ofServices, ofFactors, ct);
        return new ArchiveFacets(services, ArchiveFacets.SeveritiesOf(ofSeverities), factors, ArchiveFacets.YearsOf(ofYears), ArchiveFacets.QuartersOf(ofYears));
    }

    public async Task<IReadOnlyList<ArchiveHit>> ShowAsync(IReadOnlyList<ArchiveMatch> matches, CancellationToken ct)
    {
        if (matches.Count == 0)
            return [];
        var rows = await ReadAsync([.. matches.Select(m => m.Id)], ct);
        return [.. matches.Where(m => rows.ContainsKey(m.Id)).Select(m =>
        {
            var row = rows[m.Id];
            return new ArchiveHit(
                row.Number, Postmortem.CodeOf(row.Number), Highlight.Read(row.Title),
                text.IsEmpty ? [new Stretch(Beginning(row.Passages), false)] : Highlight.Read(row.Passages),
                m.Severity is null ? null : Enum.Parse<IncidentSeverity>(m.Severity), row.StartedAt, row.PublishedAt ?? m.HappenedAt, row.Origin,
                row.Services, row.Factors, m.Rank);
        })];
    }

    /// <param name="Passages">The summary without a query.</param>
    private sealed record Shown(
        Guid Id, int Number, string Title, string Passages, DateTimeOffset? StartedAt, DateTimeOffset? PublishedAt, string? Origin, string[] Services, string[] Factors);

    /// <summary>
    /// <c>ts_headline</c> reads all that it is given, word by word, which for the hits of a rare word takes longer than to find them. So it is
    /// given what stands around the first place where the text has each word's stem; a stem that is spelled otherwise ("skies", "sky") or
    /// begins another word ends in a passage without a mark, and then it reads everything.
    /// </summary>
    private Task<Dictionary<Guid, Shown>> ReadAsync(Guid[] ids, CancellationToken ct)
    {
        var (isNearest, any) = (IsNearest, nearest?.All ?? "");
        return db.Database.SqlQuery<Shown>(
            $"""
            SELECT p.id, p.number, ts_headline('english', translate(p.title, {Highlight.Marks}, ''), q.query, {Highlight.OfAll}) AS title,
                CASE WHEN {text.IsEmpty} THEN p.summary
                    WHEN strpos(near.marked, {Highlight.Mark}) > 0 THEN near.marked
                    ELSE ts_headline('english', translate(whole.text, {Highlight.Marks}, ''), q.query, {Highlight.OfPassages}) END AS passages,
                p.started_at, p.published_at, p.origin,
                ARRAY(SELECT s.name FROM postmortem_services o JOIN services s ON s.id = o.service_id WHERE o.postmortem_id = p.id ORDER BY s.name) AS services,
                ARRAY(SELECT f.factor FROM postmortem_factors f WHERE f.postmortem_id = p.id ORDER BY f.factor) AS factors
            FROM (SELECT CASE WHEN {isNearest} THEN CAST({any} AS tsquery) ELSE websearch_to_tsquery('english', {text.Whole}) END AS query,
                    (SELECT array_agg(regexp_replace(lexeme, 'i$', '')) FROM unnest(to_tsvector('english', {text.Wanted}))) AS stems) q
            CROSS JOIN postmortems p
            CROSS JOIN LATERAL (SELECT concat_ws(E'\n\n', nullif(p.summary, ''), left(p.body, 100000)) AS text OFFSET 0) whole
            CROSS JOIN LATERAL (SELECT lower(whole.text) AS text OFFSET 0) small
            CROSS JOIN LATERAL (
                SELECT range_agg(int4range(greatest(place - {Highlight.Before}, 1), place + {Highlight.After})) AS parts
                FROM unnest(q.stems) stem, strpos(small.text, stem) place WHERE place > 0) around
            CROSS JOIN LATERAL (
                SELECT ts_headline('english', string_agg(
                    translate(substring(substr(' ' || whole.text || ' ', lower(part), upper(part) - lower(part)) FROM '\s(.*)\s'), {Highlight.Marks}, ''),
                    {Highlight.Cut} ORDER BY part), q.query, {Highlight.OfPassages}) AS marked
                FROM unnest(around.parts) part OFFSET 0) near
            WHERE p.id = ANY ({ids})
            """).ToDictionaryAsync(m => m.Id, ct);
    }

    private Task<List<ArchiveMatch>> AgainAsync(PortalDbContext beside, ArchiveFilter filter, CancellationToken ct) =>
        BestAsync(nearest is null ? ArchiveQuery.Matching(beside, actor, filter) : ArchiveQuery.Nearest(beside, actor, filter, nearest), ct);

    private Task<List<ArchiveMatch>> BestAsync(IQueryable<ArchiveMatch> matches, CancellationToken ct) =>
        matches.InOrder(byRank: !text.IsEmpty).Take(IsNearest ? SearchPostmortems.MostNearest : SearchPostmortems.MostCounted + 1).ToListAsync(ct);

    private static string Beginning(string summary) =>
        summary.Length <= LongestSummary ? summary : summary[..LongestSummary].TrimEnd() + "…";
}
