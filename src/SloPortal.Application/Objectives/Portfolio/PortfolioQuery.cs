using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Application.Catalog.Scoring;
using SloPortal.Data;
using SloPortal.Domain.Catalog.Scoring;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.Portfolio;

/// <summary>Scores every service in use: a handful of statements, however many services there are.</summary>
public sealed class PortfolioQuery(IDbContextFactory<PortalDbContext> contexts, IContractsInTerm contracts)
{
    internal async Task<IReadOnlyList<PortfolioRow>> ReadAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var card = (await db.Scorecards.AsNoTracking().SingleAsync(ct)).Card;
        var graph = await DependencyGraph.ReadAsync(db, ct);
        var inForce = await (from v in db.VersionsInForceAt(now)
                             join o in db.Objectives on v.ObjectiveId equals o.Id
                             where o.ArchivedAt == null
                             group o by o.ServiceId into objectives
                             select new { ServiceId = objectives.Key, Count = objectives.Count() }).ToDictionaryAsync(o => o.ServiceId, o => o.Count, ct);
        var agreeing = await (from p in db.Proposals.AsNoTracking()
                              join o in db.Objectives on p.ObjectiveId equals o.Id
                              where p.State == ProposalState.Open && o.ArchivedAt == null
                              group o by o.ServiceId into objectives
                              select new { ServiceId = objectives.Key, Count = objectives.Count() }).ToDictionaryAsync(o => o.ServiceId, o => o.Count, ct);
        var inTerm = await contracts.ReadAsync(db, now, ct);
        var services = await (from s in db.Services.AsNoTracking()
                              join t in db.Teams on s.OwnerTeamId equals t.Id
                              join i in db.ServiceImpacts on s.Id equals i.ServiceId into impacts
                              from i in impacts.DefaultIfEmpty()
                              join d in db.ScoreOverrides on s.Id equals d.ServiceId into overrides
                              from d in overrides.DefaultIfEmpty()
                              where s.ArchivedAt == null
                              select new { s.Id, s.Slug, s.Name, s.Tier, Team = t.Slug, TeamName = t.Name, Impact = i, Override = d }).ToListAsync(ct);
        return
        [
            .. services.Select(s =>
            {
                var dependants = graph.HardDependants(s.Id);
                var inputs = GetScore.InputsOf(s.Impact, dependants, inTerm[s.Id].Count());
                var score = ServiceScore.Of(card, inputs);
                var promise = s.Override?.Promise ?? score.Promise;
                var (has, waits) = (inForce.GetValueOrDefault(s.Id), agreeing.GetValueOrDefault(s.Id));
                return new PortfolioRow(
                    s.Id, s.Slug, s.Name, s.Team, s.TeamName, score.Score, s.Override?.Tier ?? score.Tier, s.Tier, promise, s.Override is not null, has, waits, dependants,
                    (inputs.RevenuePerHour is null ? 0 : 1) + (inputs.Users is null ? 0 : 1) + (inputs.Contracts is null ? 0 : 1),
                    has > 0 ? PortfolioStanding.Met : promise == PromiseKind.BestEffort ? PortfolioStanding.NotRequired : waits > 0 ? PortfolioStanding.Waiting : PortfolioStanding.Missing,
                    [.. inTerm[s.Id].Where(c => c.Conflict is not null).Select(c => $"{c.Customer}: {c.Conflict}")]);
            }).OrderBy(r => r.Standing).ThenByDescending(r => r.Score).ThenBy(r => r.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }
}
