using SloPortal.Application.Measurement.Sources;
using SloPortal.Domain.Measurement;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement;

/// <summary>Sources in words.</summary>
internal static class SourceText
{
    private const string NoToken = "PASTE_A_TOKEN_WITH_THE_SCOPE_INGEST";

    public static string Kind(SourceKind kind) => kind switch
    {
        SourceKind.RemoteWrite => "remote write",
        SourceKind.Push => "push",
        SourceKind.Pull => "pull",
        SourceKind.Otlp => "OpenTelemetry",
        SourceKind.Files => "files",
        SourceKind.Sql => "SQL query",
        SourceKind.Statsd => "StatsD",
        SourceKind.Probe => "probe",
        SourceKind.Beacon => "browser beacon",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static (Tone Tone, string Word) State(SourceState state) => state switch
    {
        SourceState.Waiting => (Tone.NoData, "Nothing yet"),
        SourceState.Arriving => (Tone.Good, "Arriving"),
        SourceState.Stopped => (Tone.Warn, "Stopped"),
        SourceState.Failing => (Tone.Bad, "Failing"),
        SourceState.Paused => (Tone.Neutral, "Paused"),
        SourceState.Resting => (Tone.Neutral, "By file"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>What goes into <c>prometheus.yml</c> of a server that is to send.</summary>
    public static string RemoteWrite(string portal) =>
        $"""
        remote_write:
          - url: {portal.TrimEnd('/')}/api/v1/write
            authorization:
              credentials: {NoToken}
        """;

    /// <summary>What goes into the configuration of an OpenTelemetry Collector that is to send.</summary>
    /// <param name="portal">Address of the portal.</param>
    /// <param name="token">Null leaves a placeholder.</param>
    public static string Collector(string portal, string? token = null) =>
        $"""
        exporters:
          otlphttp:
            endpoint: {portal.TrimEnd('/')}
            headers:
              Authorization: Bearer {token ?? NoToken}
        service:
          pipelines:
            metrics:
              exporters: [otlphttp]
        """;

    /// <summary>The environment of a program with an OpenTelemetry SDK that is to send.</summary>
    /// <param name="portal">Address of the portal.</param>
    /// <param name="token">Null leaves a placeholder.</param>
    public static string Sdk(string portal, string? token = null) =>
        $"""
        OTEL_EXPORTER_OTLP_METRICS_ENDPOINT={portal.TrimEnd('/')}/v1/metrics
        OTEL_EXPORTER_OTLP_METRICS_PROTOCOL=http/protobuf
        OTEL_EXPORTER_OTLP_METRICS_HEADERS=Authorization=Bearer%20{token ?? NoToken}
        """;
}
