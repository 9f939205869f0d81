using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Deciding;

namespace SloPortal.Application.Incidents.Detection.Deciding;

/// <summary>Replaces the policy. It decides about what is proposed from now on; what was recommended stays as it was.</summary>
/// <param name="Rows">In their order: the first that holds wins.</param>
/// <param name="Note">Why; it is recorded.</param>
/// <param name="Version">As it was read.</param>
public sealed record SetDecisionPolicy(IReadOnlyList<DecisionRow> Rows, string Note, int Version)
{
    public sealed class Validator : AbstractValidator<SetDecisionPolicy>
    {
        public Validator()
        {
            RuleFor(r => r.Rows).MustBeDecisionRows();
            RuleFor(r => r.Note).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage("Say why the policy is changed; it is recorded.").MaximumLength(2000).WithMessage("A reason has at most 2,000 characters.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The new version.</returns>
        public Task<Outcome<int>> HandleAsync(SetDecisionPolicy request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<SetDecisionPolicy, int>(request, actor, Permission.Administer, async change =>
            {
                await DecisionPolicies.LockAsync(change.Db, ct);
                var before = await DecisionPolicies.InForceAsync(change.Db, ct);
                if (before.Number != request.Version)
                    return Refusal.Conflict("Somebody else changed the policy since you opened it. Your rows are still here; open it in another tab, look at their change, and make yours again.");
                var version = new DecisionPolicyVersion(before.Number + 1, new([.. request.Rows.Select(r => r with { Reason = r.Reason.Trim() })]), change.Now, actor.Name, request.Note.Trim());
                change.Db.DecisionPolicies.Add(version);
                change.Audit("decision_policy.changed", "decision_policy", version.Number, "Decision policy", new { Note = version.Note, Before = before.Policy.Rows, After = version.Policy.Rows });
                return version.Number;
            }, ct);
    }
}

internal static class DecisionRowRules
{
    public static void MustBeDecisionRows<T>(this IRuleBuilder<T, IReadOnlyList<DecisionRow>> rule) =>
        rule.Custom((rows, context) =>
        {
            if (DecisionPolicy.RefusalFor(rows) is { } wrong)
                context.AddFailure(context.PropertyPath, wrong);
        });
}
