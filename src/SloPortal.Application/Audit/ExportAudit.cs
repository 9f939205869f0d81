using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Audit;

/// <summary>Read the rows once; they come from the database as they are read.</summary>
public sealed record AuditExport(IAsyncEnumerable<AuditRow> Rows);

/// <summary>All entries that match, the oldest first, as a stream. Recorded: an export leaves the portal.</summary>
/// <param name="Format">Only for the record: "csv" or "jsonl".</param>
public sealed record ExportAudit(AuditFilter Filter, string Format)
{
    public sealed class Handler(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, IEnumerable<IHiddenSubjects> hidden)
    {
        public async Task<Outcome<AuditExport>> HandleAsync(ExportAudit request, Actor actor, CancellationToken ct)
        {
            var recorded = await work.ChangeAsync<ExportAudit, Done>(request, actor, Permission.ReadAudit, change =>
            {
                change.Audit("audit.exported", "audit", "", "Audit", new { request.Format, request.Filter });
                return Task.FromResult<Outcome<Done>>(Done.Value);
            }, ct);
            return recorded.Succeeded ? new AuditExport(StreamAsync(request.Filter, actor, ct)) : recorded.Refusal;
        }

        private async IAsyncEnumerable<AuditRow> StreamAsync(AuditFilter filter, Actor actor, [EnumeratorCancellation] CancellationToken ct)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await foreach (var entry in filter.Apply(VisibleEntries.Of(db, hidden, actor)).OrderBy(e => e.Number).AsAsyncEnumerable().WithCancellation(ct))
                yield return AuditRow.Of(entry);
        }
    }
}
