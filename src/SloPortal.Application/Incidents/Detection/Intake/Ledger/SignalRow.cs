using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Incidents.Detection.Intake.Ledger;

/// <summary>What happened to a signal last, and what became of that.</summary>
/// <param name="Outcome">Null while it waits for the decision.</param>
public sealed record LastSignalEvent(SignalEventKind Kind, DateTimeOffset At, SignalOutcome? Outcome, string? Reason);

/// <param name="SourceName">Null for reports of people and for burn alerts.</param>
/// <param name="Service">Slug; null where it is about none.</param>
/// <param name="Team">Slug of the team that it concerns.</param>
/// <param name="SourceTeam">Slug of the team that the source belongs to.</param>
/// <param name="TimesReceived">How often it was said that it fires.</param>
/// <param name="Page">Number of the page that it belongs to.</param>
/// <param name="Last">The last event that says more than a repetition.</param>
public sealed record SignalRow(
    Guid Id, string Title, SignalOrigin Origin, Guid? SourceId, string? SourceName, string? SourceTeam, string? Service, string? ServiceName, string Team, string TeamName, SignalState State, SignalSeverity Severity,
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt, DateTimeOffset LastReceivedAt, int TimesReceived, int? Page, LastSignalEvent? Last);
