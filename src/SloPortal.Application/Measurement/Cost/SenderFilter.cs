using System.Text;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Cost;

/// <summary>What goes into the configuration of a sender, so that it sends no more what nobody reads.</summary>
/// <param name="Kind">The senders that it is for: remote write, or OpenTelemetry.</param>
/// <param name="Metrics">How many names it drops.</param>
/// <param name="Text">The configuration.</param>
public sealed record SenderFilter(SourceKind Kind, int Metrics, string Text)
{
    private static readonly string[] Parts = ["_total", "_bucket", "_count", "_sum"];
    private static readonly string[] Units = ["_seconds", "_milliseconds", "_bytes", "_ratio", "_percent"];

    /// <summary>Rules for the <c>remote_write</c> of a Prometheus. Names that an SLI reads are not among them, so they still come.</summary>
    public static SenderFilter Prometheus(IReadOnlyCollection<string> metrics) => new(SourceKind.RemoteWrite, metrics.Count,
        $"""
        remote_write:
          - # url and authorization as before
            write_relabel_configs:
              - source_labels: [__name__]
                regex: '{string.Join('|', metrics.Select(m => PromText.Pattern(m).Replace("'", "''", StringComparison.Ordinal)))}'
                action: drop
        """);

    /// <summary>
    /// A processor for a Collector. The portal knows names as Prometheus writes them; an instrument may have dots and no unit in its name, so
    /// both are matched.
    /// </summary>
    public static SenderFilter Collector(IReadOnlyCollection<string> metrics)
    {
        var instruments = metrics.Select(Instrument).Distinct(StringComparer.Ordinal).ToArray();
        return new(SourceKind.Otlp, metrics.Count,
            $"""
            processors:
              filter/unread:
                error_mode: ignore
                metrics:
                  metric:
            {string.Join('\n', instruments.Select(i => $"        - 'IsMatch(name, \"^{i}$\")'"))}
            service:
              pipelines:
                metrics:
                  # before batch
                  processors: [filter/unread]
            """);
    }

    /// <summary>The instrument that a metric comes from, without what Prometheus adds to its name.</summary>
    public static string BaseOf(string metric)
    {
        var name = Parts.FirstOrDefault(p => metric.EndsWith(p, StringComparison.Ordinal)) is { } part ? metric[..^part.Length] : metric;
        return Units.FirstOrDefault(u => name.EndsWith(u, StringComparison.Ordinal)) is { } unit ? name[..^unit.Length] : name;
    }

    private static string Instrument(string metric)
    {
        var name = BaseOf(metric);
        var unit = Units.FirstOrDefault(u => metric.StartsWith(name + u, StringComparison.Ordinal));
        // Doubled, since it stands in a string of the Collector's own language.
        var pattern = new StringBuilder(PromText.Pattern(name).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)).Replace("_", "[._/-]");
        return unit is null ? pattern.ToString() : pattern.Append("([._/-]").Append(unit, 1, unit.Length - 1).Append(")?").ToString();
    }
}
