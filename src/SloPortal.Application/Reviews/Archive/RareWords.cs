using System.Text;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data;

namespace SloPortal.Application.Reviews.Archive;

/// <summary>
/// Finds what comes nearest to a text: the postmortems that share its rarest words, ordered by Okapi BM25 over all of its words.
/// PostgreSQL's own ranks do not know how rare a word is, so that in a sentence "the service was slow" would weigh as much as the name of
/// the queue that filled up.
/// </summary>
/// <param name="Words">As the index has them, the rarest first.</param>
/// <param name="Weights">How much each says: the inverse document frequency of BM25.</param>
/// <param name="Any">A tsquery: the rarest words as alternatives.</param>
/// <param name="All">A tsquery: all words as alternatives, to show them.</param>
/// <param name="Unwanted">For <c>websearch_to_tsquery</c>: what must not occur.</param>
internal sealed record RareWords(string[] Words, float[] Weights, string Any, string All, string Unwanted)
{
    /// <summary>
    /// Words are taken, the rarest first, while they lead to about so many postmortems, each of which is then weighed; all words where
    /// there are no more postmortems.
    /// </summary>
    private const double MostWeighed = 1000;

    /// <summary>
    /// The usual parameters: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009, section 3.
    /// </summary>
    private const double K1 = 1.2;
    private const double B = 0.75;

    private sealed record WordCount(string Lexeme, double Postmortems, double All);

    /// <summary>Null when no postmortem has any of the words.</summary>
    public static async Task<RareWords?> ReadAsync(PortalDbContext db, SearchText text, CancellationToken ct)
    {
        // How many postmortems have a word: frequent ones are in the statistics that PostgreSQL keeps for its planner, the others are few
        // and counted. The last three of the frequencies belong to no word.
        var counts = await db.Database.SqlQuery<WordCount>(
            $"""
            WITH words AS (
                SELECT lexeme, ('''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''')::tsquery AS query
                FROM unnest(to_tsvector('english', {text.Wanted}))),
            frequent AS (
                SELECT f.lexeme, f.share FROM pg_stats s, unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS f(lexeme, share)
                WHERE s.schemaname = current_schema AND s.tablename = 'postmortems' AND s.attname = 'search' AND f.lexeme IS NOT NULL),
            everything AS (
                SELECT CASE WHEN reltuples > 0 THEN reltuples ELSE (SELECT count(*) FROM postmortems) END::float8 AS number
                FROM pg_class WHERE oid = 'postmortems'::regclass)
            SELECT w.lexeme, e.number AS all,
                coalesce(f.share * e.number, (SELECT count(*) FROM postmortems p WHERE p.search @@ w.query)) AS postmortems
            FROM words w CROSS JOIN everything e LEFT JOIN frequent f ON f.lexeme = w.lexeme
            """).ToListAsync(ct);
        var known = counts.Where(c => c.Postmortems > 0).OrderBy(c => c.Postmortems).ThenBy(c => c.Lexeme, StringComparer.Ordinal).ToList();
        if (known.Count == 0)
            return null;
        var leads = known[0].All <= MostWeighed ? known : known.TakeWhile((_, i) => i == 0 || known.Take(i + 1).Sum(k => k.Postmortems) <= MostWeighed);
        return new RareWords(
            [.. known.Select(c => c.Lexeme)],
            [.. known.Select(c => (float)Math.Log(1 + Math.Max(0, c.All - c.Postmortems + 0.5) / (c.Postmortems + 0.5)))],
            string.Join(" | ", leads.Select(c => Quoted(c.Lexeme))),
            string.Join(" | ", known.Select(c => Quoted(c.Lexeme))),
            text.Unwanted);
    }

    /// <summary>The length of a postmortem is the number of its different words; the average is that of those weighed.</summary>
    public IQueryable<ArchiveMatch> Score(PortalDbContext db) => db.Database.SqlQuery<ArchiveMatch>(
        $"""
        SELECT p.id, p.incident_id, p.severity, p.happened_at, (
            SELECT sum(w.weight * cardinality(u.positions) * ({K1} + 1)
                / (cardinality(u.positions) + {K1} * (1 - {B} + {B} * p.words / p.average)))
            FROM unnest(p.search) u JOIN unnest({Words}, {Weights}) AS w(lexeme, weight) ON w.lexeme = u.lexeme)::real AS rank
        FROM (
            SELECT id, incident_id, severity, coalesce(started_at, published_at) AS happened_at, search,
                length(search) AS words, avg(length(search)) OVER () AS average
            FROM postmortems
            WHERE state = 'Published' AND search @@ CAST({Any} AS tsquery) AND NOT search @@ websearch_to_tsquery('english', {Unwanted})) p
        """);

    private static string Quoted(string lexeme) => new StringBuilder(lexeme).Replace("\\", "\\\\").Replace("'", "''").Insert(0, '\'').Append('\'').ToString();
}
