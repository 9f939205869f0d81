using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Objectives;
using SloPortal.Data;
using SloPortal.Domain.Governance;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Governance;

/// <summary>An objective on what a contract is judged by.</summary>
/// <param name="Looser">It promises less than the contract, so that the contract can be broken while the objective is kept.</param>
public sealed record ContractGuard(string Service, string Objective, string Name, decimal TargetPercent, bool Looser);

/// <summary>Holds contracts against the objectives that are in force.</summary>
internal static class ContractConflicts
{
    public static async Task<ILookup<int, ContractGuard>> ReadAsync(PortalDbContext db, IReadOnlyList<Contract> contracts, DateTimeOffset now, CancellationToken ct)
    {
        var slis = contracts.Select(c => c.SliId).Distinct().ToList();
        var inForce = await (from v in db.VersionsInForceAt(now)
                             join o in db.Objectives on v.ObjectiveId equals o.Id
                             join s in db.Services on o.ServiceId equals s.Id
                             where slis.Contains(v.SliId) && o.ArchivedAt == null && s.ArchivedAt == null
                             select new { Version = v, Service = s.Slug, o.Slug, o.Name }).ToListAsync(ct);
        return contracts.SelectMany(c => inForce.Where(v => v.Version.SliId == c.SliId)
                .Select(v => (c.Id, Guard: new ContractGuard(v.Service, v.Slug, v.Name, v.Version.Target.Percent, v.Version.Target < c.Target))))
            .ToLookup(p => p.Id, p => p.Guard);
    }

    /// <summary>What is wrong between a contract and its guards, in a sentence; null where one at least is as strict.</summary>
    public static string? Sentence(ObjectiveTarget promised, IReadOnlyList<ContractGuard> guards) => guards switch
    {
        [] => "No objective in force watches what this contract promises.",
        _ when guards.Any(g => !g.Looser) => null,
        [var first, ..] => string.Create(CultureInfo.InvariantCulture, $"{first.Name} promises {first.TargetPercent} %, less than the {promised} of the contract: the contract can be broken while the objective is kept."),
    };
}
