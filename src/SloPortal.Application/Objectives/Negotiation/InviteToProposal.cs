using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives.Negotiation;

namespace SloPortal.Application.Objectives.Negotiation;

/// <summary>Asks somebody to state their position.</summary>
public sealed record InviteToProposal(Guid Id, Guid PersonId)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(InviteToProposal request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<InviteToProposal, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await NegotiationRules.FindToLeadAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (proposal, objective, _) = found.Value;
                var person = await change.Db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.Id == request.PersonId && p.DisabledAt == null, ct);
                if (person is null)
                    return Refusal.Invalid(nameof(PersonId), "This person has no active account. Invite them to the portal first, under Settings, People.");
                if (await change.Db.ProposalInvitees.AnyAsync(i => i.ProposalId == proposal.Id && i.PersonId == person.Id, ct))
                    return Refusal.Conflict($"{person.DisplayName} is asked already.");
                change.Db.ProposalInvitees.Add(new ProposalInvitee(proposal.Id, person.Id, actor.PersonId, change.Now));
                change.Audit("proposal.invited", "proposal", proposal.Id, objective.Name, new { Person = person.Id, person.DisplayName });
                change.TellOf(proposal, [person.Id], $"{actor.Name} asks which target you want for {objective.Name}, and why.", byMail: true);
                ProposalTopics.Publish(change, proposal);
                return Done.Value;
            }, ct);
    }
}
