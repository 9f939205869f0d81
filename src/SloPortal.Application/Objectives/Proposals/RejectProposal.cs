using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Objectives.Negotiation;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Objectives.Proposals;

/// <summary>Refuses the terms as a named party, with a reason. What is in force stays in force.</summary>
public sealed record RejectProposal(Guid Id, string Reason)
{
    public sealed class Validator : AbstractValidator<RejectProposal>
    {
        public Validator() => RuleFor(r => r.Reason).MustBeReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(RejectProposal request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RejectProposal, Done>(request, actor, Permission.Sign, async change =>
            {
                var found = await OpenProposal.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (proposal, objective, _) = found.Value;
                if (proposal.Reject(actor.PersonId, change.Now) is { } refusal)
                    return refusal;
                change.Audit("proposal.rejected", "proposal", proposal.Id, objective.Name, new { Reason = request.Reason.Trim() });
                change.TellOf(proposal, await NegotiationNews.EverybodyAsync(change.Db, proposal, ct), $"{actor.Name} rejected the proposal of {proposal.Target} for {objective.Name}.", byMail: true);
                ProposalTopics.Publish(change, proposal);
                return Done.Value;
            }, ct);
    }
}
