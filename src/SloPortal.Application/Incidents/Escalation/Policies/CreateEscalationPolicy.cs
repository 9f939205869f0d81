using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Budgets.Notifying;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Policies;

/// <summary>Adds a policy to a team: who is called, one level after the other.</summary>
/// <param name="Team">Slug.</param>
/// <param name="Repeats">How often all levels are called again after the last one, 0 to 9.</param>
public sealed record CreateEscalationPolicy(string Team, string Name, IReadOnlyList<LevelGiven> Levels, int Repeats = 0)
{
    public sealed class Validator : AbstractValidator<CreateEscalationPolicy>
    {
        public Validator()
        {
            RuleFor(r => r.Team).NotEmpty().WithMessage("Say which team the policy is for.");
            RuleFor(r => r.Name).MustBePolicyName();
            RuleFor(r => r.Repeats).MustBeRepeats();
            RuleFor(r => r.Levels).MustBeLevels();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Guid>> HandleAsync(CreateEscalationPolicy request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CreateEscalationPolicy, Guid>(request, actor, Permission.OwnServices, async change =>
            {
                var team = await TargetToChange.TeamAsync(change.Db, request.Team, actor, ct);
                if (!team.Succeeded)
                    return team.Refusal;
                if (await PolicyRules.MissingAsync(change.Db, nameof(Levels), request.Levels, ct) is { } missing)
                    return missing;
                var policy = new EscalationPolicy(Guid.CreateVersion7(change.Now), team.Value.Id, request.Name.Trim(), request.Repeats, PolicyRules.Levels(request.Levels), change.Now);
                change.Db.EscalationPolicies.Add(policy);
                change.Audit("escalation_policy.created", "escalation_policy", policy.Id, policy.Name, new { Team = team.Value.Slug, policy.Repeats, policy.Levels });
                change.Publish("escalation");
                return policy.Id;
            }, ct);
    }
}
