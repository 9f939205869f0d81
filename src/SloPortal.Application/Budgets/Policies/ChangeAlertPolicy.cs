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
    public static RuleInput Of(AlertRule rule) => new(rule.Severity, (int)rule.LongWindow.TotalMinutes, (int)rule.ShortWindow.TotalMinutes, rule.BudgetSpentPercent, rule.MinimumEvents);

    public AlertRule Rule() => new(Severity, TimeSpan.FromMinutes(LongMinutes), TimeSpan.FromMinutes(ShortMinutes), BudgetSpentPercent, MinimumEvents);
}

/// <summary>Changes the rules of a policy, with the back-test of them as what justifies it, where the same person ran one. The next evaluation ends the alerts of rules that are gone and begins with the new ones.</summary>
/// <param name="Source">Where the numbers come from.</param>
/// <param name="RowVersion">The rowVersion that was read; null to skip the check.</param>
public sealed record ChangeAlertPolicy(Guid Id, string Source, IReadOnlyList<RuleInput> Rules, uint? RowVersion = null)
{
    /// <summary>For how long a back-test of the same rules by the same person justifies a change.</summary>
    public static readonly TimeSpan BackTestCounts = TimeSpan.FromDays(1);

    public sealed class Validator : AbstractValidator<ChangeAlertPolicy>
    {
        public Validator()
        {
            RuleFor(r => r.Source).NotEmpty().WithMessage("Say where the numbers come from.").MaximumLength(1000).WithMessage("A source has at most 1,000 characters.");
            this.MustHaveRules(r => r.Rules);
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
                List<AlertRule> rules = [.. request.Rules.Select(rule => rule.Rule())];
                var backTest = await JustifyAsync(change, policy.Id, new AlertPolicy(policy.Name, "", rules).RulesHash, ct);
                policy.Replace(request.Source.Trim(), rules, backTest, change.Actor.Name, change.Now);
                change.Audit("alert_policy.changed", "alert_policy", policy.Id, policy.Name, new { request.Source, request.Rules, BackTest = backTest });
                change.Publish("alerts");
                return Done.Value;
            }, ct);

        /// <summary>The newest back-test that the same person ran of exactly these rules; null where there is none.</summary>
        private static async Task<Guid?> JustifyAsync(Change change, Guid policyId, string hash, CancellationToken ct)
        {
            var (who, since) = (change.Actor.PersonId, change.Now - BackTestCounts);
            var test = await change.Db.PolicyBackTests.Where(t => t.PolicyId == policyId && t.RulesHash == hash && t.RanBy == who && t.RanAt > since)
                .OrderByDescending(t => t.RanAt).FirstOrDefaultAsync(ct);
            test?.Justify(change.Now);
            return test?.Id;
        }
    }
}
