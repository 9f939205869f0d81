using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Audit;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Timeline;

/// <summary>
/// Recomputes the chains of an incident and of those merged into it. They show what was altered or removed in their midst; that the
/// newest entries were cut off shows only against a head that was noted elsewhere.
/// </summary>
/// <param name="Incident">Number.</param>
public sealed record VerifyTimeline(int Incident)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, SensitiveReads reads)
    {
        public async Task<Outcome<IReadOnlyList<VerifiedChain>>> HandleAsync(VerifyTimeline request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await TimelineScope.FindAsync(db, request.Incident, actor, null, ct) is not { } scope)
                return IncidentToChange.NotFound(request.Incident);
            await scope.RecordReadAsync(reads, actor, ct);
            var chains = new List<VerifiedChain>();
            foreach (var (id, code) in scope.Codes.OrderBy(c => c.Key != scope.Id).ThenBy(c => c.Value, StringComparer.Ordinal))
            {
                var check = new ChainCheck();
                await foreach (var entry in db.TimelineEntries.AsNoTracking().Where(e => e.IncidentId == id).OrderBy(e => e.Number).AsAsyncEnumerable().WithCancellation(ct))
                {
                    if (!check.Next(entry))
                        break;
                }
                chains.Add(new VerifiedChain(code, check.Report.Entries, check.Report.HeadHash, check.Report.IsIntact, check.Report.Broken?.ToString()));
            }
            return chains;
        }
    }
}

/// <param name="Incident">Its code.</param>
/// <param name="Entries">How many hold, from the first on.</param>
/// <param name="Head">Hexadecimal hash of the last of them.</param>
/// <param name="Broken">Where and how it does not hold.</param>
public sealed record VerifiedChain(string Incident, long Entries, string Head, bool IsIntact, string? Broken);
