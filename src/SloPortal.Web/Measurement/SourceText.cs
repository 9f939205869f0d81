using SloPortal.Application.Measurement.Sources;
using SloPortal.Domain.Measurement;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement;

/// <summary>Sources in words.</summary>
internal static class SourceText
{
    public static string Kind(SourceKind kind) => kind switch
    {
        SourceKind.RemoteWrite => "remote write",
        SourceKind.Push => "push",
        SourceKind.Pull => "pull",
        SourceKind.Otlp => "OpenTelemetry",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static (Tone Tone, string Word) State(SourceState state) => state switch
    {
        SourceState.Waiting => (Tone.NoData, "Nothing yet"),
        SourceState.Arriving => (Tone.Good, "Arriving"),
        SourceState.Stopped => (Tone.Warn, "Stopped"),
        SourceState.Failing => (Tone.Bad, "Failing"),
        SourceState.Paused => (Tone.Neutral, "Paused"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>What goes into <c>prometheus.yml</c> of a server that is to send.</summary>
    public static string RemoteWrite(string portal) =>
        $"""
        remote_write:
          - url: {portal.TrimEnd('/')}/api/v1/write
            authorization:
              credentials: PASTE_A_TOKEN_WITH_THE_SCOPE_INGEST
        """;
}
