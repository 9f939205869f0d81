using SloPortal.Domain.Incidents;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents;

/// <summary>Severities, statuses and roles as the pages say them.</summary>
internal static class IncidentWords
{
    public static IReadOnlyList<IncidentSeverity> Severities { get; } = Enum.GetValues<IncidentSeverity>();

    public static Tone ToneOf(IncidentSeverity severity) => severity switch
    {
        IncidentSeverity.Sev1 => Tone.Bad,
        IncidentSeverity.Sev2 => Tone.Warn,
        IncidentSeverity.Sev3 => Tone.Info,
        IncidentSeverity.Sev4 => Tone.Neutral,
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, null),
    };

    public static Tone ToneOf(IncidentStatus status) => status switch
    {
        IncidentStatus.Detected => Tone.Bad,
        IncidentStatus.Acknowledged => Tone.Warn,
        IncidentStatus.Mitigated => Tone.Info,
        IncidentStatus.Resolved => Tone.Good,
        IncidentStatus.Closed => Tone.Neutral,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>"Acknowledged".</summary>
    public static string Word(IncidentStatus status) => status.ToString();

    /// <summary>"Operations lead".</summary>
    public static string Word(IncidentRole role) => string.Concat(IncidentRoles.Word(role)[..1].ToUpperInvariant(), IncidentRoles.Word(role).AsSpan(1));
}
