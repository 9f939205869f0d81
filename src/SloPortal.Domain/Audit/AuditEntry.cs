using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Audit;

/// <summary>
/// One change or one sensitive read. Append-only: the database refuses UPDATE and DELETE. Each entry carries the hash of the one
/// before it, so that a removed or altered entry breaks the chain at its place.
/// </summary>
public sealed class AuditEntry : IChained
{
    public long Number { get; init; }

    long IChained.Place => Number;

    /// <summary>UTC, microseconds.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    public ActorKind ActorKind { get; init; }
    public Guid ActorId { get; init; }
    public string ActorName { get; init; } = "";

    /// <summary>What was done, subject first: "service.created".</summary>
    public string Action { get; init; } = "";

    public string SubjectKind { get; init; } = "";
    public string SubjectId { get; init; } = "";
    public string SubjectName { get; init; } = "";

    /// <summary>JSON, kept as the exact text that was hashed.</summary>
    public string Details { get; init; } = "{}";

    public byte[] PreviousHash { get; init; } = [];
    public byte[] Hash { get; init; } = [];

    /// <summary>SHA-256 over every field, beginning with the hash of the entry before; see <see cref="FieldHash"/>.</summary>
    public byte[] ComputeHash() => new FieldHash()
        .Add(PreviousHash).Add(Number).Add(RecordedAt).Add(ActorKind.ToString()).Add(ActorId).Add(ActorName)
        .Add(Action).Add(SubjectKind).Add(SubjectId).Add(SubjectName).Add(Details).Compute();
}
