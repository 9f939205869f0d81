using SloPortal.Domain.Access;
using SloPortal.Domain.Audit;

namespace SloPortal.Application.Audit;

/// <summary>An entry of the audit as it is read.</summary>
/// <param name="Details">JSON, exactly as it was hashed.</param>
/// <param name="Hash">Hexadecimal SHA-256 of this entry, which covers the hash of the one before.</param>
public sealed record AuditRow(
    long Number, DateTimeOffset RecordedAt, ActorKind ActorKind, Guid ActorId, string ActorName, string Action,
    string SubjectKind, string SubjectId, string SubjectName, string Details, string Hash)
{
    internal static AuditRow Of(AuditEntry entry) => new(
        entry.Number, entry.RecordedAt, entry.ActorKind, entry.ActorId, entry.ActorName, entry.Action,
        entry.SubjectKind, entry.SubjectId, entry.SubjectName, entry.Details, Convert.ToHexStringLower(entry.Hash));
}
