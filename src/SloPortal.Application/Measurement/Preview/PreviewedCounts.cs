using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Preview;

/// <summary>A series that the definition reads, as PromQL text, and what it is counted as: "bad, total".</summary>
public sealed record MatchedSeries(string Series, string Roles);

/// <summary>What was counted in five minutes. Without data both are null.</summary>
public sealed record PreviewStep(DateTimeOffset Start, double? Good, double? Total);

/// <summary>What a definition would have counted.</summary>
/// <param name="From">The first instant, a multiple of five minutes.</param>
/// <param name="To">The last one, exclusive.</param>
/// <param name="SeriesCount">How many series it reads.</param>
/// <param name="FirstSeries">The first twenty of them.</param>
/// <param name="Samples">How many samples were counted.</param>
/// <param name="Steps">Every five minutes of the stretch.</param>
/// <param name="Good">Good events of the whole stretch.</param>
/// <param name="Total">All events of the whole stretch.</param>
/// <param name="Ratio">The share of good events, 0 to 1; null without an event.</param>
/// <param name="Warnings">Sentences about what looks wrong.</param>
public sealed record PreviewedCounts(
    DateTimeOffset From,
    DateTimeOffset To,
    int SeriesCount,
    IReadOnlyList<MatchedSeries> FirstSeries,
    long Samples,
    IReadOnlyList<PreviewStep> Steps,
    double Good,
    double Total,
    double? Ratio,
    IReadOnlyList<string> Warnings)
{
    /// <summary>The length of a step.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    /// <summary>Roles in words.</summary>
    public static string RolesText(SeriesRole roles) =>
        string.Join(", ", Enum.GetValues<SeriesRole>().Where(r => r != SeriesRole.None && roles.HasFlag(r)).Select(r => r.ToString().ToLowerInvariant()));
}
