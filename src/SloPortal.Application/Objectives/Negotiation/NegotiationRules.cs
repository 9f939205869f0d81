using SloPortal.Application.Access;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.Negotiation;

internal static class NegotiationRules
{
    public static Refusal? ProposalMustBeOpen(Proposal proposal, Objective objective) =>
        objective.ArchivedAt is not null ? Refusal.Conflict($"{objective.Name} is archived, so nothing more is agreed about it.")
        : proposal.State == ProposalState.Open ? null
        : Refusal.Conflict($"This proposal is {proposal.State.ToString().ToLowerInvariant()}, so nothing is negotiated any more. Propose new terms for the objective.");

    /// <summary>Who invites, sets the deadline and calls an arbiter: the parties, whoever proposed, and the team that owns the service.</summary>
    public static bool MayLead(Actor actor, Proposal proposal, Guid ownerTeamId) =>
        actor.May(Permission.Respond) && (proposal.IsParty(actor.PersonId) || proposal.ProposedBy == actor.PersonId || actor.MayChangeFor(ownerTeamId));

    public static async Task<Outcome<(Proposal Proposal, Objective Objective, Service Service)>> FindToLeadAsync(Change change, Guid id, CancellationToken ct)
    {
        var found = await OpenProposal.FindAsync(change, id, ct);
        if (!found.Succeeded)
            return found;
        if (ProposalMustBeOpen(found.Value.Proposal, found.Value.Objective) is { } closed)
            return closed;
        return MayLead(change.Actor, found.Value.Proposal, found.Value.Service.OwnerTeamId) ? found
            : Refusal.Denied("The two parties, whoever made the proposal and members of the owning team do this. You can state your position or comment.");
    }
}
