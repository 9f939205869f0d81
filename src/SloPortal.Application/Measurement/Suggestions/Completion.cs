using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Suggestions;

/// <summary>How names are offered: those that begin with what was typed, then those that contain it.</summary>
internal static class Completion
{
    public static List<string> Of(IEnumerable<string> names, string? text, int limit) =>
        [.. names.Where(n => n.Contains(text ?? "", StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(n => n.StartsWith(text ?? "", StringComparison.OrdinalIgnoreCase)).ThenBy(n => n, StringComparer.Ordinal)
            .Take(limit)];

    /// <summary>PromQL text that selects a metric whatever characters its name has.</summary>
    public static string SelectorOf(string metric) => $"{{{LabelMatcher.Exactly(LabelSet.MetricNameLabel, metric)}}}";
}
