using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection;
using SloPortal.Domain.Incidents.Detection.Deciding;

namespace SloPortal.Application.Incidents.Detection.Deciding;

/// <summary>A recommendation with what a person decided.</summary>
/// <param name="Policy">The version that recommended.</param>
/// <param name="DecidedSeverity">Null unless it was confirmed.</param>
/// <param name="DecidedWarRoom">Null unless it was confirmed.</param>
/// <param name="Reason">Why it was declined, or confirmed otherwise than recommended.</param>
/// <param name="Incident">The number of the incident that it became.</param>
public sealed record RecordedDecision(
    Guid Id, string Service, string ServiceName, string Objective, string ObjectiveName, DateTimeOffset ProposedAt, int Policy, Recommendation Recommended, DecisionOutcome Outcome,
    IncidentSeverity? DecidedSeverity, bool? DecidedWarRoom, string? DecidedBy, DateTimeOffset? DecidedAt, string? Reason, int? Incident);

/// <summary>The same with the facts as they stood.</summary>
internal sealed record KnownDecision(RecordedDecision Told, DecisionFacts Facts, IncidentProposalState State)
{
    /// <summary>Of the proposals since then that the actor may see, the newest first. What became a restricted incident is as invisible as the incident.</summary>
    public static async Task<List<KnownDecision>> SinceAsync(PortalDbContext db, Actor actor, DateTimeOffset since, CancellationToken ct)
    {
        var visible = db.IncidentsFor(actor);
        var rows = await (from r in db.ProposalRecommendations.AsNoTracking()
                          join p in db.IncidentProposals on r.ProposalId equals p.Id
                          join o in db.Objectives on p.ObjectiveId equals o.Id
                          join s in db.Services on o.ServiceId equals s.Id
                          where r.MadeAt >= since && (p.IncidentId == null || visible.Any(i => i.Id == p.IncidentId))
                          orderby r.MadeAt descending, p.Id descending
                          select new { r, p, Service = s.Slug, ServiceName = s.Name, o.Slug, o.Name, Incident = visible.Where(i => i.Id == p.IncidentId).Select(i => (int?)i.Number).FirstOrDefault() }).ToListAsync(ct);
        return rows.ConvertAll(x => new KnownDecision(
            new RecordedDecision(
                x.p.Id, x.Service, x.ServiceName, x.Slug, x.Name, x.p.ProposedAt, x.r.PolicyNumber, x.r.Said, DecisionOutcomes.Of(x.r.Said, x.p.State, x.p.DecidedSeverity, x.p.DecidedWarRoom),
                x.p.DecidedSeverity, x.p.DecidedWarRoom, x.p.DecidedByName, x.p.DecidedAt, x.p.Reason, x.Incident),
            x.r.Facts, x.p.State));
    }
}
