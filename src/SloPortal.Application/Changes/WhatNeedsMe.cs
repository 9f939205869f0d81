using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Objectives;
using SloPortal.Application.Objectives.Negotiation;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Changes;

/// <summary>
/// What the home page shows: what fires, what waits for the actor's signature, what is at risk, what fell silent, what was
/// deployed. For a member of teams it is about their services, for everybody else about all.
/// </summary>
/// <remarks>It stands in the lowest area that it reads, since an area may read those above it only.</remarks>
public sealed record WhatNeedsMe
{
    /// <summary>Rows of one list; the list's own page has the rest.</summary>
    public const int Most = 10;

    /// <summary>A source that delivered before and has been silent this long is worth a look. Product policy.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Recent = TimeSpan.FromDays(2);

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<Needs>> HandleAsync(WhatNeedsMe request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var now = clock.GetUtcNowInMicroseconds();
            var mine = actor.TeamIds.ToArray();
            var all = mine.Length == 0;
            await using var db = await contexts.CreateDbContextAsync(ct);
            var objectives = from objective in db.Objectives.AsNoTracking()
                             join service in db.Services on objective.ServiceId equals service.Id
                             where objective.ArchivedAt == null && service.ArchivedAt == null && (all || mine.Contains(service.OwnerTeamId))
                             select new { objective.Id, Names = new ObjectiveName(service.Slug, service.Name, objective.Slug, objective.Name) };

            var alerts = await (from alert in db.Alerts.AsNoTracking()
                                join objective in objectives on alert.ObjectiveId equals objective.Id
                                where alert.ResolvedAt == null
                                orderby alert.Severity == AlertSeverity.Page descending, alert.FiredAt
                                select new FiringAlert(alert.Id, objective.Names, alert.Severity, alert.LongWindow, alert.LongBurn, alert.Factor, alert.FiredAt))
                .Take(Most).ToListAsync(ct);

            var atRisk = await (from state in db.BudgetStates.AsNoTracking()
                                join objective in objectives on state.ObjectiveId equals objective.Id
                                where state.Standing == BudgetStanding.Exhausted || state.Standing == BudgetStanding.AtRisk
                                orderby state.LeftShare
                                select new ObjectiveAtRisk(objective.Names, state.Standing, state.Sentence))
                .Take(Most).ToListAsync(ct);

            var deployments = await (from deployment in db.Deployments.AsNoTracking()
                                     join service in db.Services on deployment.ServiceId equals service.Id
                                     where deployment.DeployedAt > now - Recent && (all || mine.Contains(service.OwnerTeamId))
                                     orderby deployment.DeployedAt descending
                                     select new RecentDeployment(service.Slug, service.Name, deployment.Version, deployment.Environment, deployment.DeployedAt))
                .Take(Most).ToListAsync(ct);

            return new Needs(!all, alerts, await SignaturesAsync(db, actor, ct), await DecisionsAsync(db, actor, now, ct), atRisk, await StoppedAsync(db, now, ct), deployments);
        }

        // A signature is asked of a person, whatever team the service belongs to.
        private static Task<List<WaitingSignature>> SignaturesAsync(PortalDbContext db, Actor actor, CancellationToken ct) =>
            (from proposal in db.Proposals.AsNoTracking().Where(WaitingProposals.For(actor.PersonId))
             join objective in db.Objectives on proposal.ObjectiveId equals objective.Id
             join service in db.Services on objective.ServiceId equals service.Id
             join proposer in db.Users on proposal.ProposedBy equals proposer.Id into proposers
             from proposer in proposers.DefaultIfEmpty()
             orderby proposal.ProposedAt
             select new WaitingSignature(
                 proposal.Id, new ObjectiveName(service.Slug, service.Name, objective.Slug, objective.Name), proposal.Target.Percent,
                 proposer == null ? "SloPortal" : proposer.DisplayName, proposal.ProposedAt))
            .Take(Most).ToListAsync(ct);

        // An arbiter who was called has nothing to decide while the sides may still agree.
        private static async Task<IReadOnlyList<WaitingDecision>> DecisionsAsync(PortalDbContext db, Actor actor, DateTimeOffset now, CancellationToken ct)
        {
            var called = await (from proposal in db.Proposals.AsNoTracking().Include(p => p.Signatures)
                                join objective in db.Objectives on proposal.ObjectiveId equals objective.Id
                                join service in db.Services on objective.ServiceId equals service.Id
                                where proposal.State == ProposalState.Open && proposal.ArbiterId == actor.PersonId && objective.ArchivedAt == null
                                orderby proposal.Deadline
                                select new { Proposal = proposal, Names = new ObjectiveName(service.Slug, service.Name, objective.Slug, objective.Name) }).Take(Most).ToListAsync(ct);
            if (called.Count == 0)
                return [];
            var talks = await Negotiations.ReadAsync(db, [.. called.Select(c => c.Proposal)], ct);
            return
            [
                .. called.Where(c => c.Proposal.Deadline <= now || talks[c.Proposal.Id].Spread.Gap > 0).Select(c => new WaitingDecision(
                    c.Proposal.Id, c.Names, c.Proposal.Target.Percent, talks[c.Proposal.Id].Spread.Supported, talks[c.Proposal.Id].Spread.Wanted, c.Proposal.Deadline)),
            ];
        }

        private static Task<List<StoppedSource>> StoppedAsync(PortalDbContext db, DateTimeOffset now, CancellationToken ct) =>
            db.Sources.AsNoTracking()
                .Where(s => s.PausedAt == null && s.LastArrivalAt != null && s.LastArrivalAt < now - Silence)
                .OrderBy(s => s.LastArrivalAt)
                .Select(s => new StoppedSource(s.Id, s.Name, s.Kind, s.LastArrivalAt!.Value, s.LastError))
                .Take(Most).ToListAsync(ct);
    }
}
