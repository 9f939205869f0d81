using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Catalog.Scoring;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Scoring;

/// <summary>Somebody's decision against the scorecard.</summary>
public sealed record OverrideDetail(ServiceTier Tier, PromiseKind Promise, string Rationale, string By, DateTimeOffset At);

/// <summary>The score of a service with what it is made of.</summary>
/// <param name="DirectDependants">Services that depend on it directly, hard or soft.</param>
/// <param name="AllDependants">Services that stop when it does, at any level.</param>
/// <param name="ContractsGiven">As somebody typed it; null when nobody did.</param>
/// <param name="ContractsInTerm">That are entered in the portal; the higher of both counts.</param>
/// <param name="ImpactVersion">Sent back with <see cref="DescribeImpact"/>; null when nobody has said anything.</param>
/// <param name="Frameworks">Those that the scorecard knows.</param>
/// <param name="Currencies">Those that it can count with, its own first.</param>
public sealed record ScoreDetail(
    string Slug, string Name, string TeamName, ServiceTier Declared, ScoreInputs Inputs, ServiceScore Score, OverrideDetail? Override,
    int DirectDependants, int AllDependants, int? ContractsGiven, int ContractsInTerm, uint? ImpactVersion, IReadOnlyList<string> Frameworks, IReadOnlyList<string> Currencies, bool MayChange)
{
    /// <summary>What holds: the decision, or else what the scorecard says.</summary>
    public ServiceTier Tier => Override?.Tier ?? Score.Tier;

    public PromiseKind Promise => Override?.Promise ?? Score.Promise;
}

/// <summary>The score of one service.</summary>
public sealed record GetScore(string Service)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, IContractsInTerm contracts, TimeProvider clock)
    {
        public async Task<Outcome<ScoreDetail>> HandleAsync(GetScore request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from s in db.Services.AsNoTracking()
                               join t in db.Teams on s.OwnerTeamId equals t.Id
                               join i in db.ServiceImpacts on s.Id equals i.ServiceId into impacts
                               from i in impacts.DefaultIfEmpty()
                               join o in db.ScoreOverrides on s.Id equals o.ServiceId into overrides
                               from o in overrides.DefaultIfEmpty()
                               where s.Slug == request.Service
                               select new { Service = s, TeamName = t.Name, Impact = i, Override = o }).SingleOrDefaultAsync(ct);
            if (found is null)
                return Refusal.NotFound($"The service \"{request.Service}\"");
            var card = (await db.Scorecards.AsNoTracking().SingleAsync(ct)).Card;
            var graph = await DependencyGraph.ReadAsync(db, ct);
            var (service, all) = (found.Service, graph.HardDependants(found.Service.Id));
            var inTerm = (await contracts.ReadAsync(db, clock.GetUtcNow(), ct))[service.Id].Count();
            var inputs = InputsOf(found.Impact, all, inTerm);
            return new ScoreDetail(
                service.Slug, service.Name, found.TeamName, service.Tier, inputs, ServiceScore.Of(card, inputs),
                found.Override is { } decided ? new OverrideDetail(decided.Tier, decided.Promise, decided.Rationale, decided.DecidedByName, decided.DecidedAt) : null,
                graph.On(service.Id).Count(), all, found.Impact?.Contracts, inTerm, found.Impact?.Version, [.. card.Frameworks.Select(f => f.Name)],
                [card.Currency, .. card.Rates.Select(r => r.Currency)], service.ArchivedAt is null && actor.MayChangeFor(service.OwnerTeamId));
        }
    }

    /// <param name="inTerm">Contracts that are entered; what somebody typed counts where it is more, since not every paper is entered.</param>
    internal static ScoreInputs InputsOf(ServiceImpact? impact, int dependants, int inTerm)
    {
        var given = impact is null
            ? ScoreInputs.Nothing(dependants)
            : new ScoreInputs(impact.RevenuePerHour, impact.Currency, impact.Users, impact.Frameworks, impact.Contracts, dependants);
        return inTerm > (given.Contracts ?? 0) ? given with { Contracts = inTerm } : given;
    }
}
