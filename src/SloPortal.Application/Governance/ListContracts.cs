using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Governance;

namespace SloPortal.Application.Governance;

/// <summary>A row of the list.</summary>
/// <param name="Running">Of the period that runs; null before the term and after it.</param>
/// <param name="Conflict">What is wrong between it and the objectives in force; null where nothing is.</param>
public sealed record ContractRow(
    int Id, string Customer, string Reference, string Service, string ServiceName, string SliName, decimal TargetPercent, string WindowPhrase, string Unit,
    DateOnly From, DateOnly? Until, string Currency, ContractFigures? Running, string? Conflict);

/// <summary>What may have to be paid in one currency for the periods that run.</summary>
public sealed record Exposure(string Currency, decimal Certain, decimal Now, decimal AtMost);

/// <param name="Exposures">Over all contracts that match, not only this page's.</param>
public sealed record ContractList(Page<ContractRow> Contracts, IReadOnlyList<Exposure> Exposures, int Conflicts, bool MayCreate);

/// <summary>Contracts, what costs most first.</summary>
/// <param name="Filter">In customer, reference and service.</param>
/// <param name="Ended">Those whose term is over, instead of those in term or to come.</param>
public sealed record ListContracts(string? Filter = null, string? Service = null, bool Ended = false, int Page = 1, int Size = 50)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, ContractReading reading, TimeProvider clock)
    {
        public async Task<Outcome<ContractList>> HandleAsync(ListContracts request, Actor actor, CancellationToken ct)
        {
            ArgumentNullException.ThrowIfNull(request);
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var now = clock.GetUtcNowInMicroseconds();
            // The day of a contract is that of its time zone, which may be another than that of UTC; which it is, its term says below.
            var (tomorrow, yesterday) = (DateOnly.FromDateTime(now.UtcDateTime).AddDays(1), DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1));
            await using var db = await contexts.CreateDbContextAsync(ct);
            var rows = from c in db.Contracts.AsNoTracking().Include(c => c.Exclusions)
                       join sli in db.Slis on c.SliId equals sli.Id
                       join s in db.Services on sli.ServiceId equals s.Id
                       where request.Ended ? c.Until <= tomorrow : c.Until == null || c.Until >= yesterday
                       select new { Contract = c, Service = s.Slug, ServiceName = s.Name, SliName = sli.Name };
            if (!string.IsNullOrWhiteSpace(request.Service))
                rows = rows.Where(r => r.Service == request.Service);
            if (!string.IsNullOrWhiteSpace(request.Filter))
            {
                var pattern = TextSearch.Contains(request.Filter);
                rows = rows.Where(r => EF.Functions.ILike(r.Contract.Customer, pattern, "\\") || EF.Functions.ILike(r.Contract.Reference, pattern, "\\") || EF.Functions.ILike(r.ServiceName, pattern, "\\"));
            }

            var found = (await rows.ToListAsync(ct)).FindAll(r => r.Contract.Term.End <= now == request.Ended);
            var running = found.Where(r => r.Contract.Term.Contains(now)).Select(r => (r.Contract, ContractPeriod.Begun(r.Contract.Calendar, r.Contract.Term, now, 1)[0])).ToList();
            var figures = (await reading.ReadAsync(running, now, ct)).Zip(running).ToDictionary(p => p.Second.Contract.Id, p => p.First);
            var guards = await ContractConflicts.ReadAsync(db, [.. found.Select(r => r.Contract)], now, ct);
            var all = found.ConvertAll(r =>
            {
                var c = r.Contract;
                return new ContractRow(
                    c.Id, c.Customer, c.Reference, r.Service, r.ServiceName, r.SliName, c.Target.Percent, c.Window.Phrase, c.Method.Unit, c.From, c.Until, c.Currency,
                    figures.GetValueOrDefault(c.Id), request.Ended ? null : ContractConflicts.Sentence(c.Target, [.. guards[c.Id]]));
            });
            var ordered = all.OrderByDescending(c => c.Running?.Credit ?? 0).ThenByDescending(c => c.Conflict is not null).ThenBy(c => c.Customer, StringComparer.OrdinalIgnoreCase).ThenBy(c => c.Id).ToList();
            var (number, size) = (Math.Clamp(request.Page, 1, Page<ContractRow>.Last), Math.Clamp(request.Size, 1, 200));
            return new ContractList(
                new Page<ContractRow>([.. ordered.Skip((number - 1) * size).Take(size)], ordered.Count, number, size),
                [
                    .. all.Where(c => c.Running is not null).GroupBy(c => c.Currency).OrderBy(g => g.Key, StringComparer.Ordinal)
                        .Select(g => new Exposure(g.Key, g.Sum(c => c.Running!.Certain), g.Sum(c => c.Running!.Credit), g.Sum(c => c.Running!.AtMost))),
                ],
                all.Count(c => c.Conflict is not null), actor.May(Permission.OwnServices));
        }
    }
}
