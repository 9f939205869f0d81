using System.Linq.Expressions;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives;

/// <summary><see cref="Proposal.PartyThatMaySign"/> as a condition that the database understands.</summary>
internal static class WaitingProposals
{
    /// <summary>The open proposals that wait for a person's signature.</summary>
    public static Expression<Func<Proposal, bool>> For(Guid personId) => p => p.State == ProposalState.Open
        && ((p.OwnerId == personId && !p.Signatures.Any(s => s.Party == Party.Owner && s.Round == p.Round))
            || (p.StakeholderId == personId && !p.Signatures.Any(s => s.Party == Party.Stakeholder && s.Round == p.Round)));
}
