using System.Globalization;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives.Evidence;

namespace SloPortal.Web.Objectives;

/// <summary>How evidence speaks of chances and intervals.</summary>
internal static class EvidenceWords
{
    /// <summary>"23 %"; never a bare 0 or 100, which no sample can show.</summary>
    public static string Chance(double share) => share switch
    {
        < 0.005 => "under 1 %",
        > 0.995 => "over 99 %",
        _ => share.ToString("0 %", CultureInfo.InvariantCulture),
    };

    /// <summary>" (90 % interval 12 % to 31 %), ": the 90 % interval; only a comma where it says no more than the chance itself.</summary>
    public static string Range(Estimate estimate) =>
        Chance(estimate.Low) == Chance(estimate.High) ? ", " : $" (90 % interval {Chance(estimate.Low)} to {Chance(estimate.High)}), ";

    /// <summary>The interval of what so many windows attain, "99.86 to 99.95 %".</summary>
    public static string? RangeOf(EvidenceForecast? forecast, int percentOfWindows)
    {
        if (forecast?.Held.FirstOrDefault(h => h.PercentOfWindows == percentOfWindows)?.Attained is not { } attained || attained.Low >= 1)
            return null;
        // Two figures of what the low end lacks; the high end is not rounded up, since 100 is what no sample can show.
        var decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(Math.Max(1e-7, 1 - attained.Low) * 100)) + 1, 1, 5);
        return $"90 % interval {Percent(attained.Low)} to {Percent(attained.High)}";

        string Percent(double share) => Math.Round(share * 100, decimals, MidpointRounding.ToZero).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>", 12 % of the budget left"; empty where old evidence does not hold it.</summary>
    public static string Budget(EvidenceWindow window) => window.BudgetLeft switch
    {
        null => "",
        >= 0 and { } left => $", {PercentText.Left(left)} of the budget left",
        { } over => $", overspent by {PercentText.Spent(-over)}",
    };
}
