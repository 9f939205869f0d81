using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Catalog.Scoring;
using SloPortal.Application.Objectives.Portfolio;
using SloPortal.Data;
using SloPortal.Domain.Governance;

namespace SloPortal.Application.Governance;

/// <summary>Tells the portfolio which contracts can be broken while every objective is kept, and the scorecard how many there are.</summary>
internal sealed class ContractPromises : IPromisesToCustomers, IContractsInTerm
{
    public async Task<ILookup<Guid, string>> ConflictsAsync(PortalDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await InTermAsync(db, now, ct);
        var guards = await ContractConflicts.ReadAsync(db, rows.ConvertAll(r => r.Contract), now, ct);
        return rows.Select(r => (r.ServiceId, Sentence: ContractConflicts.Sentence(r.Contract.Target, [.. guards[r.Contract.Id]]), r.Contract.Customer))
            .Where(r => r.Sentence is not null).ToLookup(r => r.ServiceId, r => $"{r.Customer}: {r.Sentence}");
    }

    public async Task<IReadOnlyDictionary<Guid, int>> CountAsync(PortalDbContext db, DateTimeOffset now, CancellationToken ct) =>
        (await InTermAsync(db, now, ct)).GroupBy(r => r.ServiceId).ToDictionary(g => g.Key, g => g.Count());

    private static async Task<List<(Contract Contract, Guid ServiceId)>> InTermAsync(PortalDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await (from c in db.Contracts.AsNoTracking()
                          join sli in db.Slis on c.SliId equals sli.Id
                          select new { Contract = c, sli.ServiceId }).ToListAsync(ct);
        return [.. rows.Where(r => r.Contract.Term.Contains(now)).Select(r => (r.Contract, r.ServiceId))];
    }
}
