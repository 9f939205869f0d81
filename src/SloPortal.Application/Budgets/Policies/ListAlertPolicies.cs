using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets.Policies;

/// <param name="FactorOver30Days">The burn above which it fires for a window of 30 days.</param>
public sealed record PolicyRule(AlertSeverity Severity, int LongMinutes, int ShortMinutes, decimal BudgetSpentPercent, double MinimumEvents, double FactorOver30Days);

/// <param name="RowVersion">To be given back with a change.</param>
public sealed record PolicyDetail(Guid Id, string Name, string Source, IReadOnlyList<PolicyRule> Rules, int Objectives, uint RowVersion, bool MayChange);

/// <summary>The tables by which burn alerts fire, with their source.</summary>
public sealed record ListAlertPolicies
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<IReadOnlyList<PolicyDetail>>> HandleAsync(ListAlertPolicies request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var policies = await db.AlertPolicies.AsNoTracking().OrderBy(p => p.CreatedAt).ToListAsync(ct);
            var uses = await db.Objectives.Where(o => o.ArchivedAt == null).GroupBy(o => o.AlertPolicyId).ToDictionaryAsync(g => g.Key, g => g.Count(), ct);
            return policies.ConvertAll(p => new PolicyDetail(
                p.Id, p.Name, p.Source, [.. p.Rules.Select(Row)], uses.GetValueOrDefault(p.Id), p.Version, actor.May(Permission.Administer)));
        }

        private static PolicyRule Row(AlertRule rule) => new(
            rule.Severity, (int)rule.LongWindow.TotalMinutes, (int)rule.ShortWindow.TotalMinutes, rule.BudgetSpentPercent, rule.MinimumEvents, (double)rule.Factor(Month));
    }
}
