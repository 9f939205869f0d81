using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Deciding;

namespace SloPortal.Application.Measurement.Deciding;

/// <summary>One decision about what counts.</summary>
/// <param name="Counts">By which measurements, in a sentence.</param>
/// <param name="WithoutData">What minutes without data mean, in a sentence.</param>
/// <param name="IsInForce">Whether it is the one that holds now.</param>
/// <param name="MaySign">Whether the actor may sign it now.</param>
/// <param name="MayDecline">Whether the actor may decline it, or take it back.</param>
public sealed record CountingRow(
    Guid Id, MergeRule Merge, IReadOnlyList<int> Others, NoDataRule NoData, int BadAfterMinutes, DecisionState State, bool IsInForce, string Counts, string WithoutData, DateTimeOffset InForceFrom, string Reason,
    string ProposedBy, DateTimeOffset ProposedAt, string? DecidedBy, DateTimeOffset? DecidedAt, string? DecisionNote, string ContentHash, bool MaySign, bool MayDecline);

/// <param name="Counts">What counts now.</param>
/// <param name="WithoutData">What minutes without data mean now.</param>
/// <param name="Decisions">All there ever were, those that wait first and then the newest.</param>
public sealed record CountingTold(string Counts, string WithoutData, IReadOnlyList<CountingRow> Decisions);

/// <summary>What counts for an SLI, and who decided so.</summary>
public sealed record ListCounting(int SliId)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<CountingTold>> HandleAsync(ListCounting request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var now = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var team = await (from sli in db.Slis
                              join service in db.Services on sli.ServiceId equals service.Id
                              where sli.Id == request.SliId
                              select (Guid?)service.OwnerTeamId).SingleOrDefaultAsync(ct);
            if (team is null)
                return Refusal.NotFound("The SLI");
            var decisions = await db.CountingDecisions.AsNoTracking().Where(d => d.SliId == request.SliId)
                .OrderBy(d => d.State == DecisionState.Proposed ? 0 : 1).ThenByDescending(d => d.ProposedAt).ToListAsync(ct);
            var ids = decisions.SelectMany(d => d.Others).Distinct().ToList();
            var names = await db.Slis.AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, ct);
            var holds = decisions.Where(d => d.State == DecisionState.InForce && d.InForceFrom <= now).MaxBy(d => d.InForceFrom);
            var mayChange = actor.MayChangeFor(team.Value);
            return new CountingTold(
                CountsOf(holds?.Rule ?? CountingRule.Default), CountingText.Of(holds?.NoData ?? NoDataRule.CountsAsNothing, holds?.BadAfterMinutes ?? 0),
                [.. decisions.Select(d => new CountingRow(
                    d.Id, d.Merge, d.Others, d.NoData, d.BadAfterMinutes, d.State, d.Id == holds?.Id, CountsOf(d.Rule), CountingText.Of(d.NoData, d.BadAfterMinutes), d.InForceFrom, d.Reason,
                    d.ProposedByName, d.ProposedAt, d.DecidedByName, d.DecidedAt, d.DecisionNote, Convert.ToHexStringLower(d.ContentHash()),
                    d.State == DecisionState.Proposed && mayChange && actor.May(Permission.Sign) && actor.PersonId != d.ProposedBy, d.State == DecisionState.Proposed && mayChange))]);

            string CountsOf(CountingRule rule) => CountingText.Of(rule.Merge, [.. rule.Others.Select(id => names[id])]);
        }
    }
}
