using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Audit;

/// <summary>
/// Recomputes the whole chain, as a stream in constant memory, from one snapshot of the database. The chain shows what was altered
/// or removed in its midst; that its newest entries were cut off shows only against a head hash noted elsewhere.
/// </summary>
public sealed record VerifyAudit
{
    public sealed class Handler(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts)
    {
        /// <summary>Verifies, and records that and with which result the actor did.</summary>
        public async Task<Outcome<ChainReport>> HandleAsync(VerifyAudit request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.ReadAudit))
                return Denial.Of(actor, Permission.ReadAudit);
            var report = await ComputeAsync(ct);
            var recorded = await work.ChangeAsync<VerifyAudit, Done>(request, actor, Permission.ReadAudit, change =>
            {
                change.Audit("audit.verified", "audit", "", "Audit", new { report.Entries, report.IsIntact, Broken = report.Broken?.Number, Head = report.HeadHash });
                return Task.FromResult<Outcome<Done>>(Done.Value);
            }, ct);
            return recorded.Succeeded ? report : recorded.Refusal;
        }

        /// <summary>Verifies without a record, for the command line, whose operator has the database anyway.</summary>
        public async Task<ChainReport> ComputeAsync(CancellationToken ct)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var check = new ChainCheck();
            await foreach (var entry in db.AuditEntries.AsNoTracking().OrderBy(e => e.Number).AsAsyncEnumerable().WithCancellation(ct))
            {
                if (!check.Next(entry))
                    break;
            }
            return check.Report;
        }
    }
}
