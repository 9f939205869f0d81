using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Objectives.Negotiation;

/// <summary>Answers a proposal with other terms. It begins a new round: what was signed before counts for the round that it was given for.</summary>
/// <param name="Reason">Why these terms.</param>
/// <param name="ContentHash">Of what the actor read and answers.</param>
public sealed record CounterOffer(Guid Id, OfferedTerms Terms, string Reason, string ContentHash)
{
    public sealed class Validator : AbstractValidator<CounterOffer>
    {
        public Validator()
        {
            RuleFor(r => r.Terms).NotNull().WithMessage("Give the terms.").SetValidator(new OfferedTerms.Validator());
            RuleFor(r => r.Reason).NotEmpty().WithMessage("Say why these terms and not those.").MaximumLength(4000).WithMessage("The reason has at most 4,000 characters.");
            RuleFor(r => r.ContentHash).MustBeContentHash();
        }
    }

    public sealed class Handler(UnitOfWork work, NewRound round)
    {
        /// <returns>The number of the round that begins.</returns>
        public Task<Outcome<int>> HandleAsync(CounterOffer request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CounterOffer, int>(request, actor, Permission.Sign, async change =>
            {
                var found = await OpenProposal.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (proposal, objective, _) = found.Value;
                if (NegotiationRules.ProposalMustBeOpen(proposal, objective) is { } closed)
                    return closed;
                if (AgreementRules.ContentMustBeAsRead(proposal, request.ContentHash) is { } moved)
                    return moved;
                if (await round.BeginAsync(change, proposal, objective, request.Terms, request.Reason.Trim(), ct) is { } refusal)
                    return refusal;
                change.Audit("proposal.countered", "proposal", proposal.Id, objective.Name, new
                {
                    proposal.Round, Target = proposal.Target.Percent, Window = proposal.Window.ToString(), proposal.EffectiveFrom, proposal.ReviewOn, Reason = request.Reason.Trim(),
                });
                change.TellOf(proposal, await NegotiationNews.EverybodyAsync(change.Db, proposal, ct), $"{actor.Name} offers {proposal.Target} for {objective.Name} (round {proposal.Round}).", byMail: true);
                ProposalTopics.Publish(change, proposal);
                return proposal.Round;
            }, ct);
    }
}
