using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Reviews.Archive.Exporting;

/// <summary>All that an export holds of one postmortem; the JSON file is this record.</summary>
/// <param name="Incident">"INC-42"; null for an imported one.</param>
/// <param name="Body">Markdown.</param>
internal sealed record ArchivedPostmortem(
    string Code, string Title, string Summary, string? Incident, IncidentSeverity? Severity, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt,
    string? Origin, IReadOnlyList<string> Services, IReadOnlyList<ArchivedFactor> Factors, string Body,
    string CreatedBy, DateTimeOffset CreatedAt, string? ApprovedBy, DateTimeOffset? ApprovedAt, DateTimeOffset? PublishedAt,
    IReadOnlyList<ArchivedRevision> Revisions, IReadOnlyList<ArchivedAction> Actions, IReadOnlyList<ArchivedEntry> Timeline, IReadOnlyList<ArchivedAttachment> Attachments);

internal sealed record ArchivedFactor(string Factor, string Note);

/// <param name="Sha256">Of title, summary and body, each preceded by its length.</param>
internal sealed record ArchivedRevision(int Number, string Author, DateTimeOffset SavedAt, string Sha256);

public sealed record ArchivedAction(string Code, string Title, string Team, DateOnly DueOn, string State, string? ProofUrl, string? Outcome);

/// <summary>A timeline entry with its place in the chain, so that the chain can be computed again from the file.</summary>
internal sealed record ArchivedEntry(
    Guid IncidentId, int Number, Guid Id, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string Kind, string Provenance, string AuthorKind, Guid AuthorId, string AuthorName,
    string Source, string Body, string Details, Guid? SupersedesId, string ClientKey, string PreviousHash, string Hash);

/// <param name="Path">Beside the JSON file.</param>
internal sealed record ArchivedAttachment(Guid Id, string Path, string FileName, string ContentType, long Size, string Sha256);
