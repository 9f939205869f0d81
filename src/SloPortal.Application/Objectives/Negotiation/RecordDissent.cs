using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Negotiation;

namespace SloPortal.Application.Objectives.Negotiation;

/// <summary>Records that a party, or somebody who stated a position, does not share the agreement and stays in it. It stands beside the agreement for ever.</summary>
public sealed record RecordDissent(Guid Id, string Text)
{
    public sealed class Validator : AbstractValidator<RecordDissent>
    {
        public Validator() => RuleFor(r => r.Text).MustBeReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(RecordDissent request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RecordDissent, Done>(request, actor, Permission.Sign, async change =>
            {
                var found = await OpenProposal.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (proposal, objective, _) = found.Value;
                if (proposal.State is not (ProposalState.Open or ProposalState.Accepted))
                    return Refusal.Conflict($"This proposal is {proposal.State.ToString().ToLowerInvariant()}, so there is nothing to dissent from.");
                if (!proposal.IsParty(actor.PersonId) && !await change.Db.Positions.AnyAsync(p => p.ProposalId == proposal.Id && p.PersonId == actor.PersonId, ct))
                    return Refusal.Denied("Who dissents has a position. State yours first, or be a party.");
                if (await change.Db.ProposalRemarks.AnyAsync(r => r.ProposalId == proposal.Id && r.Round == proposal.Round && r.Kind == RemarkKind.Dissent && r.PersonId == actor.PersonId, ct))
                    return Refusal.Conflict("Your dissent from these terms is recorded already.");
                change.Db.ProposalRemarks.Add(new ProposalRemark(Guid.CreateVersion7(change.Now), proposal, RemarkKind.Dissent, actor.PersonId, actor.Name, request.Text.Trim(), change.Now));
                change.Audit("proposal.dissented", "proposal", proposal.Id, objective.Name, new { Reason = request.Text.Trim(), proposal.Round });
                change.TellOf(proposal, await NegotiationNews.EverybodyAsync(change.Db, proposal, ct), $"{actor.Name} recorded dissent from {proposal.Target} for {objective.Name}.", byMail: false);
                ProposalTopics.Publish(change, proposal);
                return Done.Value;
            }, ct);
    }
}
