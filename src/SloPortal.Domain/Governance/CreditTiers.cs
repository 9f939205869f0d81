using System.Globalization;
using SloPortal.Domain.Objectives;

namespace SloPortal.Domain.Governance;

/// <summary>What credits are due for what was attained.</summary>
public static class CreditTiers
{
    public const int Most = 10;

    /// <summary>Says in a sentence why the tiers cannot be agreed on; null when they can.</summary>
    public static string? RefusalFor(IReadOnlyList<CreditTier> tiers, ObjectiveTarget target)
    {
        if (tiers.Count is 0 or > Most)
            return $"Give 1 to {Most} tiers of credit, such as 10 % below {target}.";
        var ordered = tiers.OrderByDescending(t => t.BelowPercent).ToList();
        if (ordered.Any(t => t.BelowPercent <= 0 || t.CreditPercent is <= 0 or > 100))
            return "Each tier is a percentage above 0 below which a credit above 0 and at most 100 % is due.";
        if (ordered[0].BelowPercent > target.Percent)
            return string.Create(CultureInfo.InvariantCulture, $"A credit below {ordered[0].BelowPercent} % would be due although the target of {target} is met. No tier lies above the target.");
        for (var i = 1; i < ordered.Count; i++)
        {
            if (ordered[i].BelowPercent == ordered[i - 1].BelowPercent)
                return string.Create(CultureInfo.InvariantCulture, $"Two tiers begin below {ordered[i].BelowPercent} %.");
            if (ordered[i].CreditPercent <= ordered[i - 1].CreditPercent)
                return string.Create(CultureInfo.InvariantCulture, $"Below {ordered[i].BelowPercent} % the credit must be higher than below {ordered[i - 1].BelowPercent} %.");
        }

        return null;
    }

    /// <summary>Percent of the fee that is due; 0 where no tier is reached, and where nothing was counted.</summary>
    /// <param name="attained">0 to 1; null without data.</param>
    public static decimal Due(IReadOnlyList<CreditTier> tiers, double? attained) =>
        attained is not { } share ? 0m : tiers.Where(t => share < (double)(t.BelowPercent / 100m)).Select(t => t.CreditPercent).DefaultIfEmpty(0m).Max();

    /// <summary>The share of a fee, to the cent.</summary>
    public static decimal Of(decimal fee, decimal percent) => Math.Round(fee * percent / 100m, 2, MidpointRounding.AwayFromZero);
}
