using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Detection.Deciding;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection;

namespace SloPortal.Application.Incidents.Detection;

/// <summary>A burn alert that may be an incident, with the evidence and what was decided.</summary>
/// <param name="LongBurn">Times even burn over the long window when it fired.</param>
/// <param name="Factor">The burn from which it fires.</param>
/// <param name="LeftShare">Of the budget when it fired; null without data.</param>
/// <param name="EndedAt">When the alert ended; null while it fires.</param>
/// <param name="OpenIncidents">Numbers of open incidents that touch the service, to one of which it may belong.</param>
/// <param name="Recommendation">What the policy said when it was proposed; null where that was before there was a policy.</param>
/// <param name="DecidedSeverity">With which it was confirmed.</param>
/// <param name="DecidedWarRoom">Whether with a war room; null unless it was confirmed.</param>
public sealed record ProposalRow(
    Guid Id, string Service, string ServiceName, string Objective, string ObjectiveName, DateTimeOffset ProposedAt, IncidentProposalState State,
    Guid AlertId, DateTimeOffset FiredAt, DateTimeOffset? EndedAt, int LongMinutes, double LongBurn, double Factor, double? LeftShare,
    int? Incident, string? DecidedBy, DateTimeOffset? DecidedAt, string? Reason, IReadOnlyList<int> OpenIncidents,
    RecommendationShown? Recommendation, IncidentSeverity? DecidedSeverity, bool? DecidedWarRoom);

/// <param name="MayDecide">The actor may confirm and decline.</param>
public sealed record ProposalList(IReadOnlyList<ProposalRow> Proposals, bool MayDecide);

/// <summary>Proposed incidents: those that wait first, then the newest; at most 100.</summary>
/// <param name="Waiting">Only those that nobody has decided about.</param>
public sealed record ListIncidentProposals(bool Waiting = true)
{
    private const int Most = 100;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<ProposalList>> HandleAsync(ListIncidentProposals request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var visible = db.IncidentsFor(actor);
            var rows = await (from p in db.IncidentProposals.AsNoTracking()
                              join a in db.Alerts on p.AlertId equals a.Id
                              join o in db.Objectives on p.ObjectiveId equals o.Id
                              join s in db.Services on o.ServiceId equals s.Id
                              // What became a restricted incident is as invisible as the incident.
                              where (!request.Waiting || p.State == IncidentProposalState.Waiting) && (p.IncidentId == null || visible.Any(i => i.Id == p.IncidentId))
                              orderby p.State == IncidentProposalState.Waiting descending, p.ProposedAt descending
                              select new
                              {
                                  p, a, o, s,
                                  Incident = visible.Where(i => i.Id == p.IncidentId).Select(i => (int?)i.Number).FirstOrDefault(),
                                  Open = visible.Where(i => i.EndedAt == null && i.MergedIntoId == null && i.ClosedAt == null && i.Services.Any(x => x.ServiceId == s.Id)).Select(i => i.Number).ToList(),
                              }).Take(Most).ToListAsync(ct);
            var said = await RecommendationShown.OfAsync(db, rows.ConvertAll(r => r.p.Id), ct);
            return new ProposalList(
                rows.ConvertAll(r => new ProposalRow(
                    r.p.Id, r.s.Slug, r.s.Name, r.o.Slug, r.o.Name, r.p.ProposedAt, r.p.State, r.a.Id, r.a.FiredAt, r.a.ResolvedAt,
                    (int)r.a.LongWindow.TotalMinutes, r.a.LongBurn, r.a.Factor, r.a.LeftShare, r.Incident, r.p.DecidedByName, r.p.DecidedAt, r.p.Reason, r.Open,
                    said.GetValueOrDefault(r.p.Id), r.p.DecidedSeverity, r.p.DecidedWarRoom)),
                actor.May(Permission.RunIncidents));
        }
    }
}
