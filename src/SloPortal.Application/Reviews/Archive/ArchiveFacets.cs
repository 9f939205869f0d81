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

    internal static async Task<IReadOnlyList<FacetValue>> ServicesAsync(PortalDbContext db, IReadOnlyList<ArchiveMatch> hits, CancellationToken ct)
    {
        Guid[] ids = [.. hits.Select(h => h.Id)];
        return await (from postmortem in db.Postmortems
                      where ids.Contains(postmortem.Id)
                      from part in postmortem.Services
                      join service in db.Services on part.ServiceId equals service.Id
                      group part by new { service.Slug, service.Name } into same
                      orderby same.Count() descending, same.Key.Name
                      select new FacetValue(same.Key.Slug, same.Key.Name, same.Count())).Take(Most).ToListAsync(ct);
    }

    internal static async Task<IReadOnlyList<FacetValue>> FactorsAsync(PortalDbContext db, IReadOnlyList<ArchiveMatch> hits, CancellationToken ct)
    {
        Guid[] ids = [.. hits.Select(h => h.Id)];
        return await (from postmortem in db.Postmortems
                      where ids.Contains(postmortem.Id)
                      from part in postmortem.Factors
                      group part by part.Factor into same
                      orderby same.Count() descending, same.Key
                      select new FacetValue(same.Key, same.Key, same.Count())).Take(Most).ToListAsync(ct);
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
