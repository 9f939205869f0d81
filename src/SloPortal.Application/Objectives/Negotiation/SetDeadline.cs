using SloPortal.Application.Access;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Objectives.Negotiation;

/// <summary>Says by when the sides want to be done. Nothing is accepted or refused by it: when it is near and when it passes, people are told.</summary>
/// <param name="Deadline">Null takes it back.</param>
public sealed record SetDeadline(Guid Id, DateTimeOffset? Deadline)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(SetDeadline request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<SetDeadline, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await NegotiationRules.FindToLeadAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (proposal, objective, _) = found.Value;
                if (proposal.WaitUntil(request.Deadline?.ToUniversalTime(), change.Now) is { } refusal)
                    return refusal;
                change.Audit("proposal.deadline-set", "proposal", proposal.Id, objective.Name, new { proposal.Deadline });
                ProposalTopics.Publish(change, proposal);
                return Done.Value;
            }, ct);
    }
}
