using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data;

namespace SloPortal.Application.Reviews.Archive;

/// <summary>A value by which the hits can be narrowed.</summary>
/// <param name="Value">As the filter takes it: a slug, a severity, a factor, "2026" or "2026-Q3".</param>
/// <param name="Count">Of the hits; where there are more than the search counts, of the best.</param>
public sealed record FacetValue(string Value, string Name, int Count);

/// <summary>Each by the number of its hits, years and quarters the newest first.</summary>
public sealed record ArchiveFacets(
    IReadOnlyList<FacetValue> Services, IReadOnlyList<FacetValue> Severities, IReadOnlyList<FacetValue> Factors,
    IReadOnlyList<FacetValue> Years, IReadOnlyList<FacetValue> Quarters)
{
    /// <summary>Values of one facet that are given back.</summary>
    internal const int Most = 50;

    private sealed record Counted(bool IsService, string Value, string Name, int Count);

    /// <summary>In one statement, since a search of a rare word takes no longer than another round trip.</summary>
    internal static async Task<(IReadOnlyList<FacetValue> Services, IReadOnlyList<FacetValue> Factors)> ServicesAndFactorsAsync(
        PortalDbContext db, IReadOnlyList<ArchiveMatch> ofServices, IReadOnlyList<ArchiveMatch> ofFactors, CancellationToken ct)
    {
        Guid[] services = [.. ofServices.Select(h => h.Id)];
        Guid[] factors = [.. ofFactors.Select(h => h.Id)];
        var counted = await db.Database.SqlQuery<Counted>(
            $"""
            (SELECT true AS is_service, s.slug AS value, s.name, c.count FROM
                (SELECT service_id, count(*)::int FROM postmortem_services WHERE postmortem_id = ANY ({services}) GROUP BY service_id) c JOIN services s ON s.id = c.service_id
                ORDER BY c.count DESC, s.name LIMIT {Most})
            UNION ALL
            (SELECT false, factor, factor, count(*)::int FROM postmortem_factors WHERE postmortem_id = ANY ({factors}) GROUP BY factor ORDER BY count(*) DESC, factor LIMIT {Most})
            """).ToListAsync(ct);
        return (Of(isService: true), Of(isService: false));

        List<FacetValue> Of(bool isService) =>
            [.. counted.Where(c => c.IsService == isService).OrderByDescending(c => c.Count).Select(c => new FacetValue(c.Value, c.Name, c.Count))];
    }

    internal static IReadOnlyList<FacetValue> SeveritiesOf(IReadOnlyList<ArchiveMatch> hits) =>
        [.. hits.Where(h => h.Severity is not null).GroupBy(h => h.Severity!).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new FacetValue(g.Key, g.Key, g.Count()))];

    internal static IReadOnlyList<FacetValue> YearsOf(IReadOnlyList<ArchiveMatch> hits) =>
        ByPeriod(hits, at => at.Year.ToString(CultureInfo.InvariantCulture));

    internal static IReadOnlyList<FacetValue> QuartersOf(IReadOnlyList<ArchiveMatch> hits) =>
        ByPeriod(hits, at => string.Create(CultureInfo.InvariantCulture, $"{at.Year}-Q{(at.Month + 2) / 3}"));

    private static IReadOnlyList<FacetValue> ByPeriod(IReadOnlyList<ArchiveMatch> hits, Func<DateTimeOffset, string> period) =>
        [.. hits.GroupBy(h => period(h.HappenedAt.ToUniversalTime())).OrderByDescending(g => g.Key, StringComparer.Ordinal).Take(Most).Select(g => new FacetValue(g.Key, g.Key, g.Count()))];
}
