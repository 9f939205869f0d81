using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Objectives.Negotiation;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Objectives.Proposals;

/// <summary>Takes a proposal back: whoever made it, or whoever may change for the owning team.</summary>
public sealed record WithdrawProposal(Guid Id, string Reason)
{
    public sealed class Validator : AbstractValidator<WithdrawProposal>
    {
        public Validator() => RuleFor(r => r.Reason).MustBeReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(WithdrawProposal request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<WithdrawProposal, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await OpenProposal.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (proposal, objective, service) = found.Value;
                if (proposal.ProposedBy != actor.PersonId && !actor.MayChangeFor(service.OwnerTeamId))
                    return Refusal.Denied("Whoever made the proposal or a member of the owning team can withdraw it. You can reject it if it names you.");
                if (proposal.Withdraw(change.Now) is { } refusal)
                    return refusal;
                change.Audit("proposal.withdrawn", "proposal", proposal.Id, objective.Name, new { Reason = request.Reason.Trim() });
                change.TellOf(proposal, await NegotiationNews.EverybodyAsync(change.Db, proposal, ct), $"{actor.Name} withdrew the proposal of {proposal.Target} for {objective.Name}.", byMail: true);
                ProposalTopics.Publish(change, proposal);
                return Done.Value;
            }, ct);
    }
}
