using System.Globalization;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets.Tuning;

internal static class AlertRuleWords
{
    /// <summary>"1 h / 5 min above 14.4×, from 50 events".</summary>
    public static string Of(AlertRule rule, TimeSpan period) => string.Create(
        CultureInfo.InvariantCulture,
        $"{HumanDuration.Text(rule.LongWindow)} / {HumanDuration.Text(rule.ShortWindow)} above {rule.Factor(period):0.##}×, from {rule.MinimumEvents:N0} events");
}
