using System.Globalization;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Evidence;

namespace SloPortal.Domain.Budgets;

/// <summary>A set of burn conditions with the source they come from.</summary>
public sealed record AlertPolicy(string Name, string Source, IReadOnlyList<AlertRule> Rules)
{
    /// <summary>The table of the SRE Workbook. Over 30 days its factors are 14.4, 6, 3 and 1.</summary>
    public static AlertPolicy Workbook { get; } = new(
        "Multi-window, multi-burn-rate",
        "Google SRE Workbook, chapter 5, table 5-8; factors for other windows by budget % × period ÷ long window, as in Sloth.",
        [
            new(AlertSeverity.Page, TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), 2m),
            new(AlertSeverity.Page, TimeSpan.FromHours(6), TimeSpan.FromMinutes(30), 5m),
            new(AlertSeverity.Ticket, TimeSpan.FromHours(24), TimeSpan.FromHours(2), 10m),
            new(AlertSeverity.Ticket, TimeSpan.FromDays(3), TimeSpan.FromHours(6), 10m),
        ]);

    /// <summary>What the rules say, as 64 hex digits: two policies with the same are the same whatever their names.</summary>
    public string RulesHash
    {
        get
        {
            var hash = new FieldHash();
            foreach (var rule in Rules)
            {
                hash.Add(rule.Severity.ToString()).Add(rule.LongWindow.Ticks).Add(rule.ShortWindow.Ticks)
                    .Add(rule.BudgetSpentPercent.ToString("0.############################", CultureInfo.InvariantCulture)).Add(rule.MinimumEvents.ToString("R", CultureInfo.InvariantCulture));
            }

            return Convert.ToHexStringLower(hash.Compute());
        }
    }

    /// <summary>Sorts the rules into those that make sense for an objective and those that do not.</summary>
    /// <param name="now">Decides which calendar period is meant, since its length enters the factor.</param>
    public ApplicableRules For(ObjectiveTarget target, SloWindow window, DateTimeOffset now)
    {
        var period = window.PeriodAt(now);
        var rules = new List<AlertRule>();
        var excluded = new List<ExcludedRule>();
        foreach (var rule in Rules)
        {
            if (rule.RefusalFor(target, period) is { } reason)
            {
                excluded.Add(new(rule, reason));
            }
            else
            {
                rules.Add(rule);
            }
        }

        return new(rules, excluded);
    }

    /// <summary>The excluded rules as findings, to be read before an objective is signed.</summary>
    public IReadOnlyList<FeasibilityFinding> CheckAgainst(ObjectiveTarget target, SloWindow window, DateTimeOffset now)
    {
        var period = window.PeriodAt(now);
        return [.. For(target, window, now).Excluded.Select(excluded => new FeasibilityFinding(
            excluded.Rule.CanFire(target, period) ? FeasibilityRule.AlertRuleDoesNotFit : FeasibilityRule.AlertCanNeverFire,
            excluded.Reason))];
    }
}
