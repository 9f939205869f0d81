using System.Globalization;
using System.Text.Json;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Domain.Incidents.Timeline.Clocks;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Timeline;

/// <summary>Entries as the page says them.</summary>
internal static class EntryWords
{
    /// <summary>What one may look at alone; the address names it.</summary>
    public static IReadOnlyList<(string Name, string Word, EntryKind[] Kinds)> Views { get; } =
    [
        ("", "All", []),
        ("said", "Said", [EntryKind.Note, EntryKind.Decision, EntryKind.Impact, EntryKind.Attachment]),
        ("changes", "Changes", [EntryKind.Declared, EntryKind.Status, EntryKind.Severity, EntryKind.Role, EntryKind.Merge, EntryKind.Access, EntryKind.WarRoom, EntryKind.Phase, EntryKind.Task, EntryKind.Pin, EntryKind.Link, EntryKind.Clock, EntryKind.Update, EntryKind.Team, EntryKind.Runbook]),
        ("signals", "Signals", [EntryKind.Alert, EntryKind.Deployment, EntryKind.Triage]),
    ];

    public static string Word(EntryKind kind) => kind switch
    {
        EntryKind.Note => "Note",
        EntryKind.Declared => "Declared",
        EntryKind.Status => "Status",
        EntryKind.Severity => "Severity",
        EntryKind.Role => "Role",
        EntryKind.Impact => "Impact",
        EntryKind.Decision => "Decision",
        EntryKind.Alert => "Alert",
        EntryKind.Deployment => "Deployment",
        EntryKind.Attachment => "Attachment",
        EntryKind.Merge => "Merge",
        EntryKind.Access => "Access",
        EntryKind.WarRoom => "War room",
        EntryKind.Phase => "Phase",
        EntryKind.Task => "Task",
        EntryKind.Pin => "Pin",
        EntryKind.Link => "Evidence",
        EntryKind.Clock => "Clock",
        EntryKind.Update => "Update",
        EntryKind.Team => "Team",
        EntryKind.Triage => "Triage",
        EntryKind.Runbook => "Runbook",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static string? Tone(EntryKind kind) => kind switch
    {
        EntryKind.Alert => "bad",
        EntryKind.Impact or EntryKind.Severity => "warn",
        EntryKind.Status or EntryKind.Decision => "good",
        EntryKind.Deployment or EntryKind.Declared or EntryKind.Merge or EntryKind.WarRoom or EntryKind.Update or EntryKind.Runbook => "info",
        EntryKind.Note or EntryKind.Role or EntryKind.Attachment or EntryKind.Access or EntryKind.Phase or EntryKind.Task or EntryKind.Pin or EntryKind.Link or EntryKind.Clock or EntryKind.Team or EntryKind.Triage => null,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static string Icon(Provenance provenance) => provenance switch
    {
        Provenance.Observed => "eye",
        Provenance.Asserted => "user",
        Provenance.EnteredLater => "clock",
        _ => throw new ArgumentOutOfRangeException(nameof(provenance), provenance, null),
    };

    /// <summary>Who says so and how they know: "Ruth Adler, entered 5 min later".</summary>
    public static string Origin(EntryRow entry)
    {
        var who = entry.Author;
        var later = Later(entry) is { } delay ? $", entered {delay} later" : "";
        return entry switch
        {
            _ when BroughtBy(entry) is { } by => $"{who} in {entry.Source}, brought by {by}{later}",
            _ when PastedBy(entry) is { } by => $"{who} in {(entry.Source == "chat" ? "a chat" : entry.Source)}, pasted by {by}{later}",
            { Provenance: Provenance.Observed } => $"observed by {(entry.AuthorKind == ActorKind.System ? "the portal" : who)}{(entry.Source == "portal" ? "" : $", {entry.Source}")}{later}",
            { Provenance: Provenance.EnteredLater, Corrects: not null } => who,
            { Provenance: Provenance.EnteredLater } => who + (later.Length > 0 ? later : ", entered later"),
            _ => who + later,
        };
    }

    /// <summary>How much later than it happened it was recorded, in whole minutes; null where the two clocks say the same.</summary>
    public static string? Later(EntryRow entry) =>
        entry.RecordedAt - entry.Time.At is var delay && delay > TimelineEntry.AsItHappened ? HumanDuration.Text(TimeSpan.FromMinutes(Math.Round(delay.TotalMinutes))) : null;

    /// <summary>"10:42:07"; whole minutes without their seconds.</summary>
    public static string Clock(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString(at.UtcTicks % TimeSpan.TicksPerMinute == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>"10:02:07 by the clock of chat, 12 s ahead", "± 2 s, could be the other way round with another"; null where nobody said anything of the clock.</summary>
    public static string? ClockNote(EntryRow entry, TimeZoneInfo zone)
    {
        var time = entry.Time;
        var parts = new[]
        {
            ClockOffset.Direction(time.OffsetSeconds) is { } off ? $"{Clock(entry.OccurredAt, zone)} by {Named(time.Clock)}, {off}" : null,
            time.UncertaintySeconds > 0 ? $"± {ClockOffset.Seconds(time.UncertaintySeconds)}" : null,
            time.IsOrderOpen ? "could be the other way round with what stands beside it" : null,
        }.OfType<string>().ToArray();
        return parts.Length == 0 ? null : string.Join(", ", parts);
    }

    /// <summary>A watch is called after whose it is; everything else has a clock.</summary>
    private static string Named(string clock) => clock.EndsWith("watch", StringComparison.Ordinal) ? clock : $"the clock of {clock}";

    private static string? BroughtBy(EntryRow entry) => Detail(entry, "broughtBy");

    private static string? PastedBy(EntryRow entry) => Detail(entry, "pastedBy");

    /// <summary>The beginning of what a step of a runbook answered.</summary>
    public static string? StepAnswer(EntryRow entry) => Detail(entry, "answer");

    private static string? Detail(EntryRow entry, string name) => entry.Details.ValueKind == JsonValueKind.Object && entry.Details.TryGetProperty(name, out var value) ? value.GetString() : null;
}
