using SloPortal.Domain.Incidents;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews.Writing;

/// <summary>A postmortem as it is read.</summary>
/// <param name="Writers">Names of all who wrote a revision, the first one first.</param>
/// <param name="SavedBy">Of the latest revision.</param>
/// <param name="Actions">Null where nobody follows actions.</param>
public sealed record PostmortemDetail(
    Guid Id, int Number, string Code, PostmortemState State, string Title, string Summary, string Body, int Revision,
    IncidentSeverity? Severity, string? SeverityName, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, long? UsersAffected, string? Origin,
    ReviewedIncident? Incident, IReadOnlyList<ReviewedService> Services, IReadOnlyList<FactorNote> Factors,
    IReadOnlyList<string> Writers, string SavedBy, DateTimeOffset SavedAt, DateTimeOffset CreatedAt,
    DateTimeOffset? SubmittedAt, string? ApprovedBy, DateTimeOffset? ApprovedAt, DateTimeOffset? PublishedAt,
    IReadOnlyList<CommentRow> Comments, IReadOnlyList<AttachedFile> Attachments, IReadOnlyList<PostmortemAction>? Actions, PostmortemRights May);

/// <param name="IsRestricted">Only its readers know of it, and of this.</param>
public sealed record ReviewedIncident(int Number, string Code, string Title, IncidentStatus Status, bool IsRestricted);

public sealed record ReviewedService(string Slug, string Name);

public sealed record CommentRow(Guid Id, string Body, string? Quote, string Author, DateTimeOffset WrittenAt, DateTimeOffset? SettledAt, string? SettledBy);

/// <param name="Incident">The number of the incident that it belongs to.</param>
public sealed record AttachedFile(Guid Id, int Incident, string FileName, string ContentType);

/// <summary>What the actor may do now.</summary>
/// <param name="Approve">False for whoever wrote a revision.</param>
public sealed record PostmortemRights(bool Write, bool Submit, bool Approve, bool Publish, bool TakeBack, bool Comment);
