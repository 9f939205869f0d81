using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Detection;

/// <summary>Decides that a burn alert is no incident, and says why.</summary>
public sealed record DeclineProposal(Guid Id, string Reason)
{
    public sealed class Validator : AbstractValidator<DeclineProposal>
    {
        public Validator() => RuleFor(r => r.Reason).MustBeReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(DeclineProposal request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<DeclineProposal, Done>(request, actor, Permission.RunIncidents, async change =>
            {
                var found = await ProposalToDecide.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (proposal, name) = (found.Value.Proposal, found.Value.Name);
                if (proposal.Decline(actor.PersonId, actor.Name, request.Reason.Trim(), change.Now) is { } refusal)
                    return refusal;
                change.Audit("incident_proposal.declined", "incident_proposal", proposal.Id, name, new { Reason = request.Reason.Trim(), proposal.AlertId });
                change.Publish(IncidentToChange.Topic);
                return Done.Value;
            }, ct);
    }
}
