using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Governance;

namespace SloPortal.Application.Governance;

/// <summary>A contract with its periods, the newest first.</summary>
/// <param name="Periods">At most <see cref="GetContract.MostPeriods"/>.</param>
/// <param name="Guards">The objectives in force on what it is judged by.</param>
/// <param name="Conflict">What is wrong between it and them; null where nothing is.</param>
public sealed record ContractDetail(
    int Id, string Customer, string Reference, string Service, string ServiceName, int SliId, string SliName, decimal TargetPercent, string Window, string WindowPhrase,
    string TimeZone, string MethodPhrase, string Unit, DateOnly From, DateOnly? Until, string? EndReason, string Currency, decimal PeriodFee, IReadOnlyList<CreditTier> Tiers,
    IReadOnlyList<ContractFigures> Periods, IReadOnlyList<ExclusionDetail> Exclusions, IReadOnlyList<ContractGuard> Guards, string? Conflict,
    string CreatedBy, DateTimeOffset CreatedAt, bool MayChange)
{
    /// <summary>The period that runs; null before the term and after it.</summary>
    public ContractFigures? Running => Periods is [{ Running: true } first, ..] ? first : null;
}

public sealed record ExclusionDetail(Guid Id, DateTimeOffset From, DateTimeOffset To, string Reason, string AddedBy, DateTimeOffset AddedAt, DateTimeOffset? WithdrawnAt, string? WithdrawnReason);

/// <summary>One contract.</summary>
public sealed record GetContract(int Id)
{
    public const int MostPeriods = 24;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, ContractReading reading, TimeProvider clock)
    {
        public async Task<Outcome<ContractDetail>> HandleAsync(GetContract request, Actor actor, CancellationToken ct)
        {
            ArgumentNullException.ThrowIfNull(request);
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from c in db.Contracts.AsNoTracking().Include(c => c.Exclusions)
                               join sli in db.Slis on c.SliId equals sli.Id
                               join s in db.Services on sli.ServiceId equals s.Id
                               where c.Id == request.Id
                               select new { Contract = c, SliName = sli.Name, Service = s.Slug, ServiceName = s.Name, s.OwnerTeamId, By = db.Users.Where(u => u.Id == c.CreatedBy).Select(u => u.DisplayName).FirstOrDefault() })
                .SingleOrDefaultAsync(ct);
            if (found is null)
                return Refusal.NotFound("This contract");
            var contract = found.Contract;
            var periods = await reading.ReadAsync([.. ContractPeriod.Begun(contract.Calendar, contract.Term, now, MostPeriods).Select(p => (contract, p))], now, ct);
            IReadOnlyList<ContractGuard> guards = [.. (await ContractConflicts.ReadAsync(db, [contract], now, ct))[contract.Id]];
            return new ContractDetail(
                contract.Id, contract.Customer, contract.Reference, found.Service, found.ServiceName, contract.SliId, found.SliName, contract.Target.Percent,
                contract.Window.ToString()!, contract.Window.Phrase, contract.Calendar.TimeZone, contract.Method.Phrase, contract.Method.Unit, contract.From, contract.Until, contract.EndReason,
                contract.Currency, contract.PeriodFee, contract.Tiers, periods,
                [.. contract.Exclusions.OrderByDescending(e => e.From).Select(e => new ExclusionDetail(e.Id, e.From, e.To, e.Reason, e.AddedByName, e.AddedAt, e.WithdrawnAt, e.WithdrawnReason))],
                guards, contract.Term.End <= now ? null : ContractConflicts.Sentence(contract.Target, guards),
                found.By ?? "SloPortal", contract.CreatedAt, actor.MayChangeFor(found.OwnerTeamId));
        }
    }
}
