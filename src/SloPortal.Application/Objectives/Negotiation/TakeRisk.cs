using FluentValidation;
using SloPortal.Application.Access.Signing;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives.Negotiation;

namespace SloPortal.Application.Objectives.Negotiation;

/// <summary>Takes the risk of a target that the history does not hold: an administrator who neither proposes nor signs it.</summary>
/// <param name="Words">Which risk, and why it is worth it.</param>
/// <param name="ContentHash">Of what the actor read.</param>
/// <param name="Password">The actor's own, once more; null where a fresh sign-in at their provider confirms it.</param>
public sealed record TakeRisk(Guid Id, string Words, string ContentHash, string? Password = null)
{
    public sealed class Validator : AbstractValidator<TakeRisk>
    {
        public Validator()
        {
            RuleFor(r => r.Words).NotEmpty().WithMessage("Say which risk you take, and why it is worth it.").MaximumLength(4000).WithMessage("The reason has at most 4,000 characters.");
            RuleFor(r => r.ContentHash).MustBeContentHash();
        }
    }

    public sealed class Handler(SignedChange work)
    {
        public Task<Outcome<Done>> HandleAsync(TakeRisk request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<TakeRisk, Done>(request, OpenProposal.Subject(request.Id), request.Password, actor, Permission.Administer, async (change, confirmedBy) =>
            {
                var found = await OpenProposal.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (proposal, objective, _) = found.Value;
                if (NegotiationRules.ProposalMustBeOpen(proposal, objective) is { } closed)
                    return closed;
                if (AgreementRules.ContentMustBeAsRead(proposal, request.ContentHash) is { } moved)
                    return moved;
                if (!AgreementRules.IsUnattainable(proposal))
                    return Refusal.Conflict("The history holds this target well enough, so there is no risk to take.");
                if (proposal.TakeRisk(new AcceptedRisk(actor.PersonId, actor.Name, request.Words.Trim(), confirmedBy, change.Now)) is { } refusal)
                    return refusal;
                change.Audit("proposal.risk-taken", "proposal", proposal.Id, objective.Name, new { Target = proposal.Target.Percent, Words = request.Words.Trim(), ConfirmedBy = confirmedBy });
                change.TellOf(proposal, [proposal.OwnerId, proposal.StakeholderId], $"{actor.Name} takes the risk of {proposal.Target} for {objective.Name}. It can be signed now.", byMail: true);
                ProposalTopics.Publish(change, proposal);
                return Done.Value;
            }, ct);
    }
}
