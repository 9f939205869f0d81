using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Objectives.Negotiation;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Remediation.Targets;

/// <summary>Calls a target that the history does not hold an aim: by when it shall be attainable, and by which open actions.</summary>
/// <param name="Until">The last day on which it is an aim.</param>
/// <param name="Actions">Numbers of actions that everybody may see.</param>
/// <param name="ContentHash">Of the proposal as the actor read it.</param>
public sealed record AspireToTarget(Guid Proposal, DateOnly Until, IReadOnlyList<int> Actions, string ContentHash)
{
    private const int Most = 50;

    public sealed class Validator : AbstractValidator<AspireToTarget>
    {
        public Validator()
        {
            RuleFor(r => r.Actions).NotEmpty().WithMessage("An aim without work is a wish. Choose the actions that make it attainable.")
                .Must(a => a is null || a.Count <= Most).WithMessage($"Choose at most {Most} actions.");
            RuleFor(r => r.ContentHash).MustBeContentHash();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(AspireToTarget request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AspireToTarget, Done>(request, actor, Permission.Respond, async change =>
            {
                var found = await NegotiationRules.FindToLeadAsync(change, request.Proposal, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (proposal, objective, _) = found.Value;
                if (AgreementRules.ContentMustBeAsRead(proposal, request.ContentHash) is { } moved)
                    return moved;
                if (!AgreementRules.IsUnattainable(proposal))
                    return Refusal.Conflict("The history holds this target well enough, so it is a promise and no aim.");
                // The agreement is everybody's, so what it leans on is too.
                var everybody = new Actor { Kind = ActorKind.Person, Name = "everybody" };
                var actions = await change.Db.ActionsFor(everybody).AsNoTracking().Where(a => request.Actions.Contains(a.Number)).Select(a => new { a.Id, a.Number, IsOpen = a.EndedAt == null }).ToListAsync(ct);
                if (request.Actions.Except(actions.Select(a => a.Number)).ToList() is { Count: > 0 } missing)
                    return Refusal.Invalid(nameof(Actions), $"There is no action ACT-{missing[0]} that everybody may see. Choose another.");
                if (actions.Find(a => !a.IsOpen) is { } ended)
                    return Refusal.Invalid(nameof(Actions), $"ACT-{ended.Number} has ended, so it makes nothing attainable any more. Choose open ones.");
                if (proposal.Aspire(request.Until, actions.ConvertAll(a => a.Id), change.Now) is { } refusal)
                    return refusal;
                change.Audit("proposal.aspired", "proposal", proposal.Id, objective.Name, new { Target = proposal.Target.Percent, request.Until, request.Actions });
                change.TellOf(proposal, [proposal.OwnerId, proposal.StakeholderId], $"{actor.Name} calls {proposal.Target} for {objective.Name} an aim until {request.Until:yyyy-MM-dd}. It can be signed now.", byMail: true);
                ProposalTopics.Publish(change, proposal);
                return Done.Value;
            }, ct);
    }
}
