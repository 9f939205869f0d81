using FluentValidation;
using SloPortal.Application.Access.Signing;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Objectives.Negotiation;

/// <summary>
/// Decides, as the arbiter who was called: sets the terms and makes the version, with the arbiter's signature in place of whoever has
/// not signed them. Who disagrees can record it.
/// </summary>
/// <param name="Terms">The decision; those of the round where they stay as they are.</param>
/// <param name="ContentHash">Of what the arbiter read.</param>
/// <param name="Password">The arbiter's own, once more; null where a fresh sign-in at their provider confirms it.</param>
public sealed record ArbitrateProposal(Guid Id, OfferedTerms Terms, string Reason, string ContentHash, string? Password = null)
{
    public sealed class Validator : AbstractValidator<ArbitrateProposal>
    {
        public Validator()
        {
            RuleFor(r => r.Terms).NotNull().WithMessage("Give the terms.").SetValidator(new OfferedTerms.Validator());
            RuleFor(r => r.Reason).MustBeReason();
            RuleFor(r => r.ContentHash).MustBeContentHash();
        }
    }

    public sealed class Handler(SignedChange work, NewRound round)
    {
        public Task<Outcome<SignedProposal>> HandleAsync(ArbitrateProposal request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ArbitrateProposal, SignedProposal>(request, OpenProposal.Subject(request.Id), request.Password, actor, Permission.Sign, async (change, confirmedBy) =>
            {
                var found = await OpenProposal.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (proposal, objective, _) = found.Value;
                if (NegotiationRules.ProposalMustBeOpen(proposal, objective) is { } closed)
                    return closed;
                if (proposal.ArbiterId != actor.PersonId)
                    return Refusal.Denied("Only the arbiter who was called decides. A party can call one.");
                if (AgreementRules.ContentMustBeAsRead(proposal, request.ContentHash) is { } moved)
                    return moved;
                var reason = request.Reason.Trim();
                var terms = request.Terms;
                var differs = terms.TargetPercent != proposal.Target.Percent || terms.Window != proposal.Window.ToString() || terms.ReviewOn != proposal.ReviewOn
                    || terms.EffectiveFrom?.ToUniversalTime() != proposal.EffectiveFrom;
                if (differs && await round.BeginAsync(change, proposal, objective, terms, reason, ct) is { } refusal)
                    return refusal;
                if (AgreementRules.UnattainableMustBeAnswered(proposal) is { } unanswered)
                    return unanswered;
                if (proposal.Arbitrate(actor.PersonId, actor.Name, reason, confirmedBy, change.Now) is { } refused)
                    return refused;
                change.Audit("proposal.arbitrated", "proposal", proposal.Id, objective.Name, new
                {
                    proposal.Round, Target = proposal.Target.Percent, Window = proposal.Window.ToString(), Reason = reason, ConfirmedBy = confirmedBy,
                    ContentHash = Convert.ToHexStringLower(proposal.ContentHash()),
                });
                change.TellOf(proposal, await NegotiationNews.EverybodyAsync(change.Db, proposal, ct), $"{actor.Name} decided: {proposal.Target} for {objective.Name}.", byMail: true);
                ProposalTopics.Publish(change, proposal);
                return await AgreedVersion.AddAsync(change, proposal, objective, ct);
            }, ct);
    }
}
