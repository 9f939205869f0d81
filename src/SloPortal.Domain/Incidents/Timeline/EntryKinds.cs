namespace SloPortal.Domain.Incidents.Timeline;

/// <summary>What kinds of entries have in common.</summary>
public static class EntryKinds
{
    /// <summary>They say something about another entry, and not what happened.</summary>
    public static IReadOnlyList<EntryKind> Marks { get; } = [EntryKind.Pin, EntryKind.Link];

    /// <summary>They say something about the timeline, or what was looked up for it, and not what happened.</summary>
    public static IReadOnlyList<EntryKind> NotWhatHappened { get; } = [.. Marks, EntryKind.Clock, EntryKind.Triage];

    public static bool IsWhatHappened(EntryKind kind) => !NotWhatHappened.Contains(kind);

    public static bool IsMark(EntryKind kind) => Marks.Contains(kind);

    /// <summary>What to do instead of correcting it, since its details count as they say; null where it may be corrected.</summary>
    public static string? InsteadOfCorrecting(EntryKind kind) => kind switch
    {
        EntryKind.Phase => "This entry adjusts a phase, which counts as it says. Adjust the phase again instead.",
        EntryKind.Pin => "This entry pins or unpins another. Pin or unpin that again instead.",
        EntryKind.Link => "This entry links another to its evidence. Link that to the right one instead.",
        EntryKind.Clock => "This entry says how far a clock was off, which counts as it says. Say it again instead.",
        EntryKind.Update => "This entry says what stakeholders were told, which stays as it was told. Publish another update instead.",
        EntryKind.Triage => "This entry says what the portal found when it looked, which stays as it was found. Collect again instead, or say in a note what is wrong with it.",
        EntryKind.Runbook => "This entry says what was asked of a runbook and what came of it, which stays as it was. Say in a note what is wrong with it.",
        EntryKind.Note or EntryKind.Declared or EntryKind.Status or EntryKind.Severity or EntryKind.Role or EntryKind.Impact or EntryKind.Decision or EntryKind.Alert or EntryKind.Deployment
            or EntryKind.Attachment or EntryKind.Merge or EntryKind.Access or EntryKind.WarRoom or EntryKind.Task or EntryKind.Team => null,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
