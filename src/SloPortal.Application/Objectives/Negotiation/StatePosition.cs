using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access.Signing;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Negotiation;

namespace SloPortal.Application.Objectives.Negotiation;

/// <summary>
/// States the target that the actor wants, or that their team can support, and why. Whoever may sign may state one, asked or not; a
/// later one supersedes it and leaves it readable.
/// </summary>
/// <param name="TargetPercent">99.95 means 99.95 %.</param>
/// <param name="Password">The actor's own, once more; null where a fresh sign-in at their provider confirms it.</param>
public sealed record StatePosition(Guid Id, decimal TargetPercent, string Why, string? Password = null)
{
    private const int Most = 200;

    public sealed class Validator : AbstractValidator<StatePosition>
    {
        public Validator()
        {
            RuleFor(r => r.TargetPercent).MustBeTarget();
            RuleFor(r => r.Why).NotEmpty().WithMessage("Say why; it stands beside your target.").MaximumLength(4000).WithMessage("The reason has at most 4,000 characters.");
        }
    }

    public sealed class Handler(SignedChange work)
    {
        /// <returns>The id of the position.</returns>
        public Task<Outcome<Guid>> HandleAsync(StatePosition request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<StatePosition, Guid>(request, OpenProposal.Subject(request.Id), request.Password, actor, Permission.Sign, async (change, confirmedBy) =>
            {
                var found = await OpenProposal.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (proposal, objective, service) = found.Value;
                if (NegotiationRules.ProposalMustBeOpen(proposal, objective) is { } closed)
                    return closed;
                if (await change.Db.Positions.CountAsync(p => p.ProposalId == proposal.Id, ct) >= Most)
                    return Refusal.Conflict($"This proposal holds {Most} positions, which nobody reads any more. Withdraw it and begin anew.");
                var isInTheTeam = await change.Db.TeamMembers.AnyAsync(m => m.TeamId == service.OwnerTeamId && m.PersonId == actor.PersonId, ct);
                var position = new Position(
                    Guid.CreateVersion7(change.Now), proposal, actor.PersonId, actor.Name, Position.SideOf(proposal, actor.PersonId, isInTheTeam),
                    new ObjectiveTarget(request.TargetPercent), request.Why.Trim(), confirmedBy, change.Now);
                change.Db.Positions.Add(position);
                change.Audit("proposal.position-stated", "proposal", proposal.Id, objective.Name, new
                {
                    position.Side, Target = position.Target.Percent, position.Why, ConfirmedBy = confirmedBy, ContentHash = Convert.ToHexStringLower(position.ContentHash),
                });
                change.TellOf(proposal, await NegotiationNews.EverybodyAsync(change.Db, proposal, ct),
                    $"{actor.Name} {(position.Side == Side.Engineering ? "can support" : "wants")} {position.Target} for {objective.Name}.", byMail: false);
                ProposalTopics.Publish(change, proposal);
                return position.Id;
            }, ct);
    }
}
