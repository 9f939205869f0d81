using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Audit;

namespace SloPortal.Application.Audit;

/// <summary>Appends to the audit, at the very end of a transaction so that the chain is locked as briefly as can be.</summary>
internal sealed class AuditChain : IAuditTrail
{
    /// <summary>Any constant will do; all portals must use the same.</summary>
    private const long ChainLock = 0x534C_4F41_5544_4954;

    public async Task AppendAsync(PortalDbContext db, Change change, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({ChainLock})", ct);
        var last = await db.AuditEntries.AsNoTracking().OrderByDescending(e => e.Number)
            .Select(e => new { e.Number, e.Hash }).FirstOrDefaultAsync(ct);
        var number = last?.Number ?? 0;
        var previous = last?.Hash ?? [];
        foreach (var entry in change.Entries)
        {
            var linked = Link(entry, change, ++number, previous);
            previous = linked.Hash;
            db.AuditEntries.Add(linked);
        }
        await db.SaveChangesAsync(ct);
    }

    private static AuditEntry Link(PendingAuditEntry entry, Change change, long number, byte[] previous)
    {
        return Build(Build([]).ComputeHash());

        AuditEntry Build(byte[] hash) => new()
        {
            Number = number,
            RecordedAt = change.Now,
            ActorKind = change.Actor.Kind,
            ActorId = change.Actor.PersonId,
            ActorName = change.Actor.Name,
            Action = entry.Action,
            SubjectKind = entry.SubjectKind,
            SubjectId = entry.SubjectId,
            SubjectName = entry.SubjectName,
            Details = entry.Details,
            PreviousHash = previous,
            Hash = hash,
        };
    }
}
