using System.Globalization;
using SloPortal.Application.Reviews.Archive;
using SloPortal.Domain.Incidents;

namespace SloPortal.Web.Reviews.Archive;

/// <summary>A choice that narrows, or that is chosen and would be left out.</summary>
internal sealed record FacetLink(string Name, int Count, string Href, bool Chosen);

internal sealed record FacetList(string Name, IReadOnlyList<FacetLink> Links)
{
    /// <summary>The facets of what was found, as links from the address of the page. Of years the quarters show once one is chosen.</summary>
    public static IReadOnlyList<FacetList> Of(ArchiveFacets facets, ReviewsAddress asked)
    {
        var first = asked with { Page = 1 };
        return
        [
            new("Service", [.. facets.Services.Select(v => new FacetLink(
                v.Name, v.Count, $"{first with { Services = Toggled(first.Services, v.Value) }}", first.Services.Contains(v.Value)))]),
            new("Severity", [.. facets.Severities.Select(v => (Value: v, Severity: Enum.Parse<IncidentSeverity>(v.Value))).Select(v => new FacetLink(
                SeverityLevel.Code(v.Severity), v.Value.Count, $"{first with { Severities = Toggled(first.Severities, v.Severity) }}", first.Severities.Contains(v.Severity)))]),
            new("Factor", [.. facets.Factors.Select(v => new FacetLink(
                v.Name, v.Count, $"{first with { Factors = Toggled(first.Factors, v.Value) }}", first.Factors.Contains(v.Value)))]),
            new("When", [.. facets.Years.SelectMany(y => new[] { y }.Concat(first.From?.Year == YearOf(y) && first.To?.Year == YearOf(y)
                ? facets.Quarters.Where(q => YearOf(q) == YearOf(y)) : [])).Select(v => PeriodLink(v, first))]),
        ];
    }

    private static FacetLink PeriodLink(FacetValue value, ReviewsAddress first)
    {
        var (from, to) = DaysOf(value.Value);
        var chosen = first.From == from && first.To == to;
        return new FacetLink(value.Name.Replace("-", " ", StringComparison.Ordinal), value.Count, $"{(chosen ? first with { From = null, To = null } : first with { From = from, To = to })}", chosen);
    }

    /// <param name="period">"2026" or "2026-Q3".</param>
    private static (DateOnly From, DateOnly To) DaysOf(string period)
    {
        var year = int.Parse(period.AsSpan(0, 4), CultureInfo.InvariantCulture);
        if (period.Length == 4)
            return (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var from = new DateOnly(year, (period[^1] - '1') * 3 + 1, 1);
        return (from, from.AddMonths(3).AddDays(-1));
    }

    private static int YearOf(FacetValue value) => int.Parse(value.Value.AsSpan(0, 4), CultureInfo.InvariantCulture);

    private static IReadOnlyList<T> Toggled<T>(IReadOnlyList<T> values, T value) => values.Contains(value) ? [.. values.Where(v => !Equals(v, value))] : [.. values, value];
}
