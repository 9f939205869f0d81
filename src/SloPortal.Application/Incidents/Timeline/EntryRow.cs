using System.Text.Json;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Timeline;

/// <summary>One line of a timeline.</summary>
/// <param name="Incident">The code of the incident in whose chain it stands, which may be one that was merged into the one that was asked for.</param>
/// <param name="Number">Its place in that chain.</param>
/// <param name="Details">For programs, such as the old and the new status.</param>
/// <param name="Corrects">The entry that this one supersedes.</param>
/// <param name="CorrectedBy">The entry that supersedes this one.</param>
/// <param name="Hash">Hexadecimal.</param>
public sealed record EntryRow(
    Guid Id, string Incident, int Number, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, EntryKind Kind, Provenance Provenance,
    ActorKind AuthorKind, string Author, string Source, string Body, JsonElement Details, EntryReference? Corrects, EntryReference? CorrectedBy, string ClientKey, string Hash)
{
    /// <summary>What was said for a correction or a change; null where nothing was.</summary>
    public string? Reason => Details.ValueKind == JsonValueKind.Object && Details.TryGetProperty("reason", out var reason) ? reason.GetString() : null;
}

/// <summary>Another entry, as far as one must know it beside the first.</summary>
public sealed record EntryReference(Guid Id, string Incident, int Number, string Author, DateTimeOffset RecordedAt, string Body);

/// <summary>How far a chain has been read.</summary>
/// <param name="Number">Of the last entry that was read; 0 before the first.</param>
public sealed record ChainHead(Guid Incident, int Number);
