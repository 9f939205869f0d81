using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Objectives.Portfolio;
using SloPortal.Data;

namespace SloPortal.Application.Governance;

/// <summary>Tells the portfolio which contracts can be broken while every objective is kept.</summary>
internal sealed class ContractPromises : IPromisesToCustomers
{
    public async Task<ILookup<Guid, string>> ConflictsAsync(PortalDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await (from c in db.Contracts.AsNoTracking()
                          join sli in db.Slis on c.SliId equals sli.Id
                          select new { Contract = c, sli.ServiceId }).ToListAsync(ct);
        rows.RemoveAll(r => !r.Contract.Term.Contains(now));
        var guards = await ContractConflicts.ReadAsync(db, rows.ConvertAll(r => r.Contract), now, ct);
        return rows.Select(r => (r.ServiceId, Sentence: ContractConflicts.Sentence(r.Contract.Target, [.. guards[r.Contract.Id]]), r.Contract.Customer))
            .Where(r => r.Sentence is not null).ToLookup(r => r.ServiceId, r => $"{r.Customer}: {r.Sentence}");
    }
}
