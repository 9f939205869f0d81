using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents;
using SloPortal.Data;
using SloPortal.Domain.Access;

namespace SloPortal.Application.Reviews.Archive;

/// <summary>A published postmortem as the search sees it.</summary>
/// <param name="HappenedAt">When it started, or was published where it does not say.</param>
/// <param name="Rank">Higher is better; 0 without a query.</param>
internal sealed record ArchiveMatch(Guid Id, Guid? IncidentId, string? Severity, DateTimeOffset HappenedAt, float Rank);

/// <summary>
/// The one place that says what a filter of the archive finds: for search, counts and exports alike. The column <c>search</c> is kept by
/// the database and known to SQL alone.
/// </summary>
internal static class ArchiveQuery
{
    /// <summary>Published postmortems that the actor may see and that have all that the filter asks for.</summary>
    public static IQueryable<ArchiveMatch> Matching(PortalDbContext db, Actor actor, ArchiveFilter filter)
    {
        var text = SearchText.Of(filter.Query);
        return Narrowed(db, actor, filter, text.IsEmpty
            ? db.Database.SqlQuery<ArchiveMatch>(
                $"""
                SELECT p.id, p.incident_id, p.severity, coalesce(p.started_at, p.published_at) AS happened_at, 0::real AS rank
                FROM postmortems p WHERE p.state = 'Published'
                """)
            : db.Database.SqlQuery<ArchiveMatch>(
                $"""
                SELECT p.id, p.incident_id, p.severity, coalesce(p.started_at, p.published_at) AS happened_at, ts_rank(p.search, q.query) AS rank
                FROM postmortems p, websearch_to_tsquery('english', {text.Whole}) AS q(query)
                WHERE p.state = 'Published' AND p.search @@ q.query
                """));
    }

    /// <summary>Those that come nearest to words which no postmortem has all of.</summary>
    public static IQueryable<ArchiveMatch> Nearest(PortalDbContext db, Actor actor, ArchiveFilter filter, RareWords words) =>
        Narrowed(db, actor, filter, words.Score(db));

    /// <summary>The best first; without a query the newest.</summary>
    public static IQueryable<ArchiveMatch> InOrder(this IQueryable<ArchiveMatch> matches, bool byRank) => byRank
        ? matches.OrderByDescending(m => m.Rank).ThenByDescending(m => m.HappenedAt).ThenBy(m => m.Id)
        : matches.OrderByDescending(m => m.HappenedAt).ThenBy(m => m.Id);

    private static IQueryable<ArchiveMatch> Narrowed(PortalDbContext db, Actor actor, ArchiveFilter filter, IQueryable<ArchiveMatch> matches)
    {
        // Asked the other way round, since what is hidden is little: to look up every incident of a frequent word would take as long as the search.
        var hidden = db.HiddenIncidentsFor(actor);
        return filter.Narrow(db, matches.Where(m => !hidden.Any(i => i.Id == m.IncidentId)));
    }
}
