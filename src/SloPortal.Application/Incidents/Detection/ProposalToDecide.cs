using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection;
using SloPortal.Domain.Incidents.Detection.Deciding;

namespace SloPortal.Application.Incidents.Detection;

/// <summary>A proposal with what it is about.</summary>
/// <param name="Recommended">Null where it was made before there was a policy.</param>
internal sealed record ProposalToDecide(IncidentProposal Proposal, Alert Alert, Guid ServiceId, string ServiceName, string ObjectiveName, Recommendation? Recommended)
{
    public string Name => $"{ServiceName}: {ObjectiveName}";

    /// <summary>Tracked. Two who decide at once meet in the proposal's version, and the second is told.</summary>
    public static async Task<Outcome<ProposalToDecide>> FindAsync(Change change, Guid id, CancellationToken ct)
    {
        var found = await (from proposal in change.Db.IncidentProposals
                           join alert in change.Db.Alerts on proposal.AlertId equals alert.Id
                           join objective in change.Db.Objectives on proposal.ObjectiveId equals objective.Id
                           join service in change.Db.Services on objective.ServiceId equals service.Id
                           where proposal.Id == id
                               && (proposal.IncidentId == null || change.Db.IncidentsFor(change.Actor).Any(i => i.Id == proposal.IncidentId))
                           select new { proposal, alert, Recommended = change.Db.ProposalRecommendations.FirstOrDefault(r => r.ProposalId == proposal.Id), ServiceId = service.Id, ServiceName = service.Name, ObjectiveName = objective.Name }).SingleOrDefaultAsync(ct);
        return found is null
            ? Refusal.NotFound("The proposed incident")
            : new ProposalToDecide(found.proposal, found.alert, found.ServiceId, found.ServiceName, found.ObjectiveName, found.Recommended?.Said);
    }
}
