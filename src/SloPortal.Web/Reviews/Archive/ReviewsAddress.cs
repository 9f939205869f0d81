using System.Globalization;
using SloPortal.Application.Reviews.Archive;
using SloPortal.Domain.Incidents;
using SloPortal.Web.Common;

namespace SloPortal.Web.Reviews.Archive;

/// <summary>Which postmortems the page lists.</summary>
public enum ReviewsView
{
    Published,
    Drafts,
    InReview,
    Mine,
}

/// <summary>What the address of the page asks for. Days are UTC, the last one included.</summary>
internal sealed record ReviewsAddress(
    ReviewsView View, string? Query, IReadOnlyList<string> Services, IReadOnlyList<IncidentSeverity> Severities, IReadOnlyList<string> Factors, DateOnly? From, DateOnly? To, int Page = 1)
{
    public bool IsNarrowed => !string.IsNullOrWhiteSpace(Query) || Narrowing.Count > 0;

    /// <summary>The filter beside the words, as names and values.</summary>
    public IReadOnlyList<(string Name, string Value)> Narrowing =>
    [
        .. Services.Select(s => ("service", s)),
        .. Severities.Select(s => ("severity", s.ToString())),
        .. Factors.Select(f => ("factor", f)),
        .. From is { } from ? [("from", Day(from))] : Array.Empty<(string, string)>(),
        .. To is { } to ? [("to", Day(to))] : Array.Empty<(string, string)>(),
    ];

    public static ReviewsAddress Of(string? view, string? query, string[]? services, string[]? severities, string[]? factors, string? from, string? to, int page) => new(
        view switch { "drafts" => ReviewsView.Drafts, "in-review" => ReviewsView.InReview, "mine" => ReviewsView.Mine, _ => ReviewsView.Published },
        query, services ?? [],
        [.. (severities ?? []).Select(s => EnumWord<IncidentSeverity>.TryParse(s, out var severity) ? severity.Value : (IncidentSeverity?)null).OfType<IncidentSeverity>()],
        factors ?? [], DayOf(from), DayOf(to), Math.Max(1, page));

    public ArchiveFilter ToFilter() => new(
        Query, Services, Severities, Factors, From is { } from ? Midnight(from) : null, To is { } to && to < DateOnly.MaxValue ? Midnight(to.AddDays(1)) : null);

    public override string ToString()
    {
        (string Name, string? Value)[] parts =
        [
            ("view", View switch { ReviewsView.Drafts => "drafts", ReviewsView.InReview => "in-review", ReviewsView.Mine => "mine", _ => null }),
            ("q", string.IsNullOrWhiteSpace(Query) ? null : Query.Trim()),
            .. Narrowing,
            ("page", Page == 1 ? null : Page.ToString(CultureInfo.InvariantCulture)),
        ];
        var query = string.Join('&', parts.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
        return query.Length == 0 ? Routes.Reviews : $"{Routes.Reviews}?{query}";
    }

    /// <summary>Where this selection can be exported.</summary>
    public string ToExports() => ToString() is var address && address.IndexOf('?', StringComparison.Ordinal) is > 0 and var query ? Routes.Exports + address[query..] : Routes.Exports;

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
