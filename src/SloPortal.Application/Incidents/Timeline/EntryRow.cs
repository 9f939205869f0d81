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
/// <param name="OccurredAt">As it was recorded, by the clock of its source.</param>
/// <param name="Hash">Hexadecimal.</param>
/// <param name="Time">As the offset of that clock corrects it.</param>
public sealed record EntryRow(
    Guid Id, string Incident, int Number, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, EntryKind Kind, Provenance Provenance,
    ActorKind AuthorKind, string Author, string Source, string Body, JsonElement Details, EntryReference? Corrects, EntryReference? CorrectedBy, string ClientKey, string Hash, EntryTime Time)
{
    /// <summary>What was said for a correction or a change; null where nothing was.</summary>
    public string? Reason => Details.ValueKind == JsonValueKind.Object && Details.TryGetProperty("reason", out var reason) ? reason.GetString() : null;
}

/// <summary>When an entry happened, as far as is known of the clock by which it was told.</summary>
/// <param name="At">What was recorded, less the offset.</param>
/// <param name="Clock">The source, or the watch of a person who entered it afterwards.</param>
/// <param name="OffsetSeconds">What the clock says minus the true time; 0 while nobody said that it is off.</param>
/// <param name="UncertaintySeconds">By so much it may be wrong, to either side.</param>
/// <param name="IsOrderOpen">The times that are possible for it and for an entry by another clock overlap: it could be the other way round.</param>
public sealed record EntryTime(DateTimeOffset At, string Clock, decimal OffsetSeconds, decimal UncertaintySeconds, bool IsOrderOpen);

/// <summary>Another entry, as far as one must know it beside the first.</summary>
public sealed record EntryReference(Guid Id, string Incident, int Number, string Author, DateTimeOffset RecordedAt, string Body);

/// <summary>How far a chain has been read.</summary>
/// <param name="Number">Of the last entry that was read; 0 before the first.</param>
public sealed record ChainHead(Guid Incident, int Number);
