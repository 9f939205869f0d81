using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets.Policies;

/// <summary>A rule as it is edited.</summary>
public sealed record RuleInput(AlertSeverity Severity, int LongMinutes, int ShortMinutes, decimal BudgetSpentPercent, double MinimumEvents = AlertRule.DefaultMinimumEvents)
{
    public AlertRule Rule() => new(Severity, TimeSpan.FromMinutes(LongMinutes), TimeSpan.FromMinutes(ShortMinutes), BudgetSpentPercent, MinimumEvents);
}

/// <summary>Changes the rules of a policy. The next evaluation ends the alerts of rules that are gone and begins with the new ones.</summary>
/// <param name="Source">Where the numbers come from.</param>
/// <param name="RowVersion">The rowVersion that was read; null to skip the check.</param>
public sealed record ChangeAlertPolicy(Guid Id, string Source, IReadOnlyList<RuleInput> Rules, uint? RowVersion = null)
{
    private const int MostMinutes = 90 * 24 * 60;

    public sealed class Validator : AbstractValidator<ChangeAlertPolicy>
    {
        public Validator()
        {
            RuleFor(r => r.Source).NotEmpty().WithMessage("Say where the numbers come from.").MaximumLength(1000).WithMessage("A source has at most 1,000 characters.");
            RuleFor(r => r.Rules).Must(rules => rules is { Count: > 0 and <= 10 }).WithMessage("A policy has between 1 and 10 rules.");
            RuleForEach(r => r.Rules).Cascade(CascadeMode.Stop).NotNull().WithMessage("A rule is missing: there is null in its place.")
                .Must(rule => Enum.IsDefined(rule.Severity)).WithMessage("A severity is page or ticket.")
                .Must(rule => rule.LongMinutes <= MostMinutes).WithMessage("The long window is at most 90 days.")
                .Must((_, rule, context) =>
                {
                    context.MessageFormatter.AppendArgument("Refusal", rule.Rule().RefusalForRule() ?? "");
                    return rule.Rule().RefusalForRule() is null;
                }).WithMessage("{Refusal}");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ChangeAlertPolicy request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ChangeAlertPolicy, Done>(request, actor, Permission.Administer, async change =>
            {
                var policy = await change.Db.AlertPolicies.SingleOrDefaultAsync(p => p.Id == request.Id, ct);
                if (policy is null)
                    return Refusal.NotFound("The alert policy");
                if (request.RowVersion is { } read)
                    change.Db.Entry(policy).Property(p => p.Version).OriginalValue = read;
                policy.Replace(request.Source.Trim(), [.. request.Rules.Select(rule => rule.Rule())]);
                change.Audit("alert_policy.changed", "alert_policy", policy.Id, policy.Name, new { request.Source, request.Rules });
                change.Publish("alerts");
                return Done.Value;
            }, ct);
    }
}
