using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Detection.Intake;

/// <summary>How signals and their sources are called on pages.</summary>
internal static class SourceWords
{
    public static string Word(SignalSourceKind kind) => kind switch
    {
        SignalSourceKind.Alertmanager => "Alertmanager or Prometheus",
        SignalSourceKind.PagerDuty => "PagerDuty events",
        SignalSourceKind.CloudEvents => "CloudEvents",
        SignalSourceKind.Grafana => "Grafana",
        SignalSourceKind.GitHub => "Deployments of GitHub",
        SignalSourceKind.GitLab => "Deployments of GitLab",
        SignalSourceKind.Mail => "Mail",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static string Word(SignalOrigin origin) => origin switch
    {
        SignalOrigin.BurnAlert => "Burn alert",
        SignalOrigin.Alertmanager => "Alertmanager",
        SignalOrigin.PagerDuty => "PagerDuty event",
        SignalOrigin.CloudEvents => "CloudEvent",
        SignalOrigin.Grafana => "Grafana",
        SignalOrigin.Mail => "Mail",
        SignalOrigin.Report => "Report of a person",
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, null),
    };

    public static string Word(SignalEventKind kind) => kind switch
    {
        SignalEventKind.Fired => "Fired",
        SignalEventKind.Repeated => "Repeated",
        SignalEventKind.Changed => "Got worse",
        SignalEventKind.Acknowledged => "Acknowledged",
        SignalEventKind.Resolved => "Resolved",
        SignalEventKind.Resumed => "Quiet is over",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static string Word(SignalOutcome outcome) => outcome switch
    {
        SignalOutcome.Paged => "Paged",
        SignalOutcome.JoinedPage => "Joined a page",
        SignalOutcome.Recorded => "Recorded only",
        SignalOutcome.Deduplicated => "Deduplicated",
        SignalOutcome.Silenced => "Silenced",
        SignalOutcome.Inhibited => "Inhibited",
        SignalOutcome.Held => "Held",
        SignalOutcome.Capped => "Capped",
        SignalOutcome.NoPolicy => "No policy",
        SignalOutcome.Closed => "Closed its page",
        SignalOutcome.NoOneOnCall => "No one on call",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    /// <summary>What became of an event; it may wait still.</summary>
    public static string Word(SignalOutcome? outcome) => outcome is { } known ? Word(known) : "Undecided";

    public static Tone ToneOf(SignalOutcome? outcome) => outcome switch
    {
        null or SignalOutcome.Held => Tone.Info,
        SignalOutcome.Paged => Tone.Bad,
        SignalOutcome.NoPolicy or SignalOutcome.NoOneOnCall or SignalOutcome.Capped => Tone.Warn,
        _ => Tone.Neutral,
    };

    public static string Word(SignalState state) => state switch
    {
        SignalState.Firing => "Firing",
        SignalState.Acknowledged => "Acknowledged",
        SignalState.Resolved => "Resolved",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static Tone ToneOf(SignalState state) => state switch
    {
        SignalState.Firing => Tone.Bad,
        SignalState.Acknowledged => Tone.Info,
        SignalState.Resolved => Tone.Good,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static Tone ToneOf(SignalSeverity severity) => severity switch
    {
        SignalSeverity.Critical or SignalSeverity.Error => Tone.Bad,
        SignalSeverity.Warning => Tone.Warn,
        SignalSeverity.Info => Tone.Neutral,
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, null),
    };
}
