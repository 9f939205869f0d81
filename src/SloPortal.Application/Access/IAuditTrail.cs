using SloPortal.Data;

namespace SloPortal.Application.Access;

/// <summary>An entry before it has its number and its place in the chain.</summary>
public sealed record PendingAuditEntry(string Action, string SubjectKind, string SubjectId, string SubjectName, string Details);

/// <summary>Where <see cref="UnitOfWork"/> records what a change did; the area Audit answers.</summary>
public interface IAuditTrail
{
    /// <summary>Appends the entries of a change within its transaction.</summary>
    Task AppendAsync(PortalDbContext db, Change change, CancellationToken ct);
}
