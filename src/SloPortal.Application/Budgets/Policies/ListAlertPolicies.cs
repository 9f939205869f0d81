using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Budgets.Tuning;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets.Policies;

/// <param name="FactorOver30Days">The burn above which it fires for a window of 30 days.</param>
public sealed record PolicyRule(AlertSeverity Severity, int LongMinutes, int ShortMinutes, decimal BudgetSpentPercent, double MinimumEvents, double FactorOver30Days);

/// <param name="RowVersion">To be given back with a change.</param>
/// <param name="ChangedAt">When somebody last changed the rules; null while they are those that every installation starts with.</param>
/// <param name="BackTest">What justified the rules when they were saved; null where they were saved without a back-test, or never.</param>
public sealed record PolicyDetail(
    Guid Id, string Name, string Source, IReadOnlyList<PolicyRule> Rules, int Objectives, uint RowVersion, bool MayChange,
    DateTimeOffset? ChangedAt = null, string? ChangedBy = null, BackTestKept? BackTest = null);

/// <param name="Hash">Of the rules that were tested, which are the policy's.</param>
/// <param name="Zone">By whose clock nights were told.</param>
public sealed record BackTestKept(DateTimeOffset From, DateTimeOffset To, string Zone, BackTestFigures Figures, string Hash, string RanBy, DateTimeOffset RanAt);

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
            var ids = policies.ConvertAll(p => p.BackTestId);
            var tests = await db.PolicyBackTests.AsNoTracking().Where(t => ids.Contains(t.Id)).ToDictionaryAsync(
                t => t.Id, t => new BackTestKept(t.From, t.To, t.Zone, t.Figures, t.RulesHash, t.RanByName, t.RanAt), ct);
            return policies.ConvertAll(p => new PolicyDetail(
                p.Id, p.Name, p.Source, [.. p.Rules.Select(Row)], uses.GetValueOrDefault(p.Id), p.Version, actor.May(Permission.Administer),
                p.ChangedAt, p.ChangedBy, p.BackTestId is { } test ? tests[test] : null));
        }

        private static PolicyRule Row(AlertRule rule) => new(
            rule.Severity, (int)rule.LongWindow.TotalMinutes, (int)rule.ShortWindow.TotalMinutes, rule.BudgetSpentPercent, rule.MinimumEvents, (double)rule.Factor(Month));
    }
}
