using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Catalog.Scoring;
using SloPortal.Data;

namespace SloPortal.Application.Governance;

/// <summary>Tells scorecard and portfolio which contracts name a service, and which can be broken while every objective is kept.</summary>
internal sealed class ContractsInTerm : IContractsInTerm
{
    public async Task<ILookup<Guid, ContractInTerm>> ReadAsync(PortalDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await (from c in db.Contracts.AsNoTracking()
                          join sli in db.Slis on c.SliId equals sli.Id
                          select new { Contract = c, sli.ServiceId }).ToListAsync(ct);
        rows.RemoveAll(r => !r.Contract.Term.Contains(now));
        var guards = await ContractConflicts.ReadAsync(db, rows.ConvertAll(r => r.Contract), now, ct);
        return rows.ToLookup(r => r.ServiceId, r => new ContractInTerm(r.Contract.Customer, ContractConflicts.Sentence(r.Contract.Target, [.. guards[r.Contract.Id]])));
    }
}
