using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives.Negotiation;

namespace SloPortal.Application.Objectives.Negotiation;

/// <summary>Says something about a proposal, in plain text. What was said stays.</summary>
public sealed record CommentOnProposal(Guid Id, string Text)
{
    private const int Most = 1000;

    public sealed class Validator : AbstractValidator<CommentOnProposal>
    {
        public Validator() => RuleFor(r => r.Text).NotEmpty().WithMessage("Write a comment.").MaximumLength(4000).WithMessage("A comment has at most 4,000 characters.");
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The id of the comment.</returns>
        public Task<Outcome<Guid>> HandleAsync(CommentOnProposal request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CommentOnProposal, Guid>(request, actor, Permission.Respond, async change =>
            {
                var found = await OpenProposal.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (proposal, objective, _) = found.Value;
                if (NegotiationRules.ProposalMustBeOpen(proposal, objective) is { } closed)
                    return closed;
                if (await change.Db.ProposalRemarks.CountAsync(r => r.ProposalId == proposal.Id, ct) >= Most)
                    return Refusal.Conflict($"This proposal holds {Most:N0} comments. Withdraw it and begin anew.");
                var remark = new ProposalRemark(Guid.CreateVersion7(change.Now), proposal, RemarkKind.Comment, actor.PersonId, actor.Name, request.Text.Trim(), change.Now);
                change.Db.ProposalRemarks.Add(remark);
                change.Audit("proposal.commented", "proposal", proposal.Id, objective.Name, new { remark.Text });
                change.TellOf(proposal, await NegotiationNews.EverybodyAsync(change.Db, proposal, ct), $"{actor.Name} commented on the proposal for {objective.Name}.", byMail: false);
                ProposalTopics.Publish(change, proposal);
                return remark.Id;
            }, ct);
    }
}
