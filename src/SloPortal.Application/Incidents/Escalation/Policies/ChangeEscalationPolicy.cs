using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Escalation.Policies;

/// <summary>Changes whom a policy calls. Pages that are open go on as the policy was when they opened.</summary>
/// <param name="Version">Of the policy as it was read; null changes it whatever it is now.</param>
public sealed record ChangeEscalationPolicy(Guid Id, string Name, IReadOnlyList<LevelGiven> Levels, int Repeats = 0, uint? Version = null)
{
    public sealed class Validator : AbstractValidator<ChangeEscalationPolicy>
    {
        public Validator()
        {
            RuleFor(r => r.Name).MustBePolicyName();
            RuleFor(r => r.Repeats).MustBeRepeats();
            RuleFor(r => r.Levels).MustBeLevels();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ChangeEscalationPolicy request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ChangeEscalationPolicy, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await PolicyRules.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var policy = found.Value;
                if (request.Version is { } version)
                    change.Db.Entry(policy).Property(p => p.Version).OriginalValue = version;
                if (await PolicyRules.MissingAsync(change.Db, nameof(Levels), request.Levels, ct) is { } missing)
                    return missing;
                var before = new { policy.Name, policy.Repeats, policy.Levels };
                policy.Change(request.Name.Trim(), request.Repeats, PolicyRules.Levels(request.Levels));
                change.Audit("escalation_policy.changed", "escalation_policy", policy.Id, policy.Name, new { Before = before, After = new { policy.Name, policy.Repeats, policy.Levels } });
                change.Publish("escalation");
                return Done.Value;
            }, ct);
    }
}
