using System.Globalization;
using SloPortal.Application.Budgets.Policies;
using SloPortal.Domain.Budgets;

namespace SloPortal.Web.Budgets.Tuning;

/// <summary>Rules as they stand in an address: "page-60-5-2-10_ticket-1440-120-10-10".</summary>
internal static class RulesText
{
    public static string Of(IEnumerable<RuleInput> rules) => string.Join('_', rules.Select(rule => string.Create(
        CultureInfo.InvariantCulture,
        $"{(rule.Severity == AlertSeverity.Page ? "page" : "ticket")}-{rule.LongMinutes}-{rule.ShortMinutes}-{rule.BudgetSpentPercent}-{rule.MinimumEvents:R}")));

    public static IReadOnlyList<RuleInput> OfPolicy(PolicyDetail policy) =>
        [.. policy.Rules.Select(r => new RuleInput(r.Severity, r.LongMinutes, r.ShortMinutes, r.BudgetSpentPercent, r.MinimumEvents))];

    /// <summary>Null where the text is none, or not of rules; whether they make sense says the operation.</summary>
    public static IReadOnlyList<RuleInput>? Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var rules = new List<RuleInput>();
        foreach (var parts in text.Split('_').Select(rule => rule.Split('-')))
        {
            if (parts is not [var severity, var longer, var shorter, var spent, var events]
                || severity is not ("page" or "ticket")
                || !int.TryParse(longer, NumberStyles.None, CultureInfo.InvariantCulture, out var longMinutes)
                || !int.TryParse(shorter, NumberStyles.None, CultureInfo.InvariantCulture, out var shortMinutes)
                || !decimal.TryParse(spent, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
                || !double.TryParse(events, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minimum))
                return null;
            rules.Add(new(severity == "page" ? AlertSeverity.Page : AlertSeverity.Ticket, longMinutes, shortMinutes, percent, minimum));
        }

        return rules;
    }
}
