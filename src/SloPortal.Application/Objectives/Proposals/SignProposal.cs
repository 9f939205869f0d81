using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Signing;
using SloPortal.Application.Objectives.Negotiation;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.Proposals;

/// <summary>Signs for the party that the actor is named as. The second signature makes the version, in the same transaction.</summary>
/// <param name="ContentHash">Of what the actor read, as <see cref="ProposalDetail.ContentHash"/> gave it.</param>
/// <param name="Password">The actor's own, once more; null where a fresh sign-in at their provider confirms it.</param>
public sealed record SignProposal(Guid Id, string Reason, string ContentHash, string? Password = null)
{
    public sealed class Validator : AbstractValidator<SignProposal>
    {
        public Validator()
        {
            RuleFor(r => r.Reason).MustBeReason();
            RuleFor(r => r.ContentHash).MustBeContentHash();
        }
    }

    public sealed class Handler(SignedChange work)
    {
        /// <returns>The number of the version that this made, or null while the other signature is missing.</returns>
        public Task<Outcome<SignedProposal>> HandleAsync(SignProposal request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<SignProposal, SignedProposal>(request, OpenProposal.Subject(request.Id), request.Password, actor, Permission.Sign, async (change, confirmedBy) =>
            {
                var found = await OpenProposal.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (proposal, objective, service) = found.Value;
                if (objective.ArchivedAt is not null)
                    return Refusal.Conflict($"{objective.Name} is archived, so nothing more is agreed about it.");
                if (AgreementRules.ContentMustBeAsRead(proposal, request.ContentHash) is { } moved)
                    return moved;
                if (AgreementRules.UnattainableMustBeAnswered(proposal) is { } unanswered)
                    return unanswered;
                var party = proposal.PartyThatMaySign(actor.PersonId);
                if (proposal.Sign(actor.PersonId, actor.Name, request.Reason.Trim(), confirmedBy, change.Now) is { } refusal)
                    return refusal;
                // Membership may have ended since the proposal was made.
                if (party == Party.Owner && !await change.Db.TeamMembers.AnyAsync(m => m.TeamId == service.OwnerTeamId && m.PersonId == actor.PersonId, ct))
                    return Refusal.Denied($"You are no longer a member of the team that owns {service.Name}, so you cannot sign for it.");

                change.Audit("proposal.signed", "proposal", proposal.Id, objective.Name, new
                {
                    Party = party,
                    proposal.Round,
                    Reason = request.Reason.Trim(),
                    ConfirmedBy = confirmedBy,
                    ContentHash = Convert.ToHexStringLower(proposal.ContentHash()),
                });
                ProposalTopics.Publish(change, proposal);
                if (proposal.State == ProposalState.Accepted)
                    change.TellOf(proposal, await NegotiationNews.EverybodyAsync(change.Db, proposal, ct), $"{proposal.Target} is agreed for {objective.Name}.", byMail: true);
                else
                    change.TellOf(proposal, [proposal.OwnerId, proposal.StakeholderId], $"{actor.Name} signed {proposal.Target} for {objective.Name}. It waits for your signature.", byMail: true);
                return proposal.State == ProposalState.Accepted ? await AgreedVersion.AddAsync(change, proposal, objective, ct) : new SignedProposal(proposal.State, null, null);
            }, ct);
    }
}

/// <summary>Where a proposal stands after a signature: the version that it made, once both have signed.</summary>
public sealed record SignedProposal(ProposalState State, int? Version, DateTimeOffset? EffectiveFrom);
