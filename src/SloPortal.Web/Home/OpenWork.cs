using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Application.Incidents;
using SloPortal.Application.Incidents.Detection;
using SloPortal.Application.Measurement.Comparing;
using SloPortal.Application.Remediation;
using SloPortal.Application.Reviews.Approval;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Home;

/// <summary>What of incidents, reviews and actions waits for the reader, from the operation of each area.</summary>
/// <param name="Incidents">Open ones, what hurts most first; at most <see cref="Most"/>.</param>
/// <param name="OpenIncidents">All of them.</param>
/// <param name="Proposals">Burn alerts that the reader may decide about.</param>
/// <param name="Reviews">Postmortems that wait for somebody who did not write them.</param>
/// <param name="Actions">Overdue ones of the reader and their teams.</param>
/// <param name="OverdueActions">All of them.</param>
/// <param name="Risks">Of vendors, looked after by the reader, whose review is overdue.</param>
/// <param name="Findings">Measurements of the reader's teams that do not agree.</param>
public sealed record OpenWork(
    IReadOnlyList<IncidentRow> Incidents, int OpenIncidents, IReadOnlyList<ProposalRow> Proposals, IReadOnlyList<WaitingReview> Reviews, IReadOnlyList<ActionRow> Actions, int OverdueActions, IReadOnlyList<RiskRow> Risks,
    IReadOnlyList<FindingRow> Findings)
{
    public const int Most = 5;

    /// <summary>Things to do something about.</summary>
    public int Count => OpenIncidents + Proposals.Count + Reviews.Count + OverdueActions + Risks.Count + Findings.Count;

    internal sealed class Reader(ListIncidents.Handler incidents, ListIncidentProposals.Handler proposals, ListWaitingReviews.Handler reviews, ListActions.Handler actions, ListRisks.Handler risks, ListFindings.Handler findings)
    {
        public async Task<Outcome<OpenWork>> ReadAsync(Actor actor, CancellationToken ct)
        {
            var open = await incidents.HandleAsync(new ListIncidents(Open: true, Size: Most), actor, ct);
            var proposed = await proposals.HandleAsync(new ListIncidentProposals(), actor, ct);
            var waiting = await reviews.HandleAsync(new ListWaitingReviews(), actor, ct);
            var overdue = await actions.HandleAsync(new ListActions(Mine: true, Overdue: true, Size: Most), actor, ct);
            var unreviewed = await risks.HandleAsync(new ListRisks(Mine: true, Overdue: true), actor, ct);
            var disagreeing = await findings.HandleAsync(new ListFindings(), actor, ct);
            if ((open.Refusal ?? proposed.Refusal ?? waiting.Refusal ?? overdue.Refusal ?? unreviewed.Refusal ?? disagreeing.Refusal) is { } refusal)
                return refusal;
            return new OpenWork(
                open.Value!.Incidents.Items, open.Value.Open, proposed.Value!.MayDecide ? proposed.Value.Proposals : [], waiting.Value!, overdue.Value!.Actions.Items, overdue.Value.Overdue, unreviewed.Value!, disagreeing.Value!);
        }
    }
}
