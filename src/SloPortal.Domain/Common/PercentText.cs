using System.Globalization;

namespace SloPortal.Domain.Common;

/// <summary>
/// Shares as percentages. A figure is cut, never rounded up: 99.9996 % must not read "100 %" while failures exist, nor
/// 99.896 % as "99.9 %" beside a target of 99.9 %.
/// </summary>
public static class PercentText
{
    private const decimal Hundred = 100m;

    /// <summary>
    /// An attained share (0 to 1) with one decimal more than the target has, and at least two. Only a full 1 is "100 %".
    /// </summary>
    /// <param name="ratio">0 to 1; null is no data.</param>
    /// <param name="targetDecimals">Decimals of the target in percent: 2 for 99.95 %.</param>
    public static string Attained(double? ratio, int targetDecimals)
    {
        if (ratio is not { } share || double.IsNaN(share))
        {
            return "no data";
        }

        if (share >= 1)
        {
            return "100 %";
        }

        var percent = Percent(share);
        var decimals = Math.Clamp(targetDecimals + 1, 2, 9);
        return Format(Cut(percent, decimals), decimals);
    }

    /// <summary>A share of budget that is left, with one decimal. It may be below zero and far below −100 %.</summary>
    public static string Left(double share)
    {
        if (share is > 0 and < 0.001)
        {
            return "under 0.1 %";
        }

        var percent = Percent(share);
        var decimals = Math.Abs(percent) >= 1000m ? 0 : 1;
        var cut = Cut(percent, decimals);
        return Format(cut, cut == decimal.Truncate(cut) ? 0 : decimals);
    }

    /// <summary>A share that went, such as budget spent, with one decimal and rounded up: it never looks better than it is.</summary>
    public static string Spent(double share)
    {
        var percent = Percent(share);
        var decimals = percent >= 1000m ? 0 : 1;
        var up = -Cut(-percent, decimals);
        return Format(up, up == decimal.Truncate(up) ? 0 : decimals);
    }

    private static decimal Percent(double share)
    {
        // 1e15 % is far past any figure a reader can use and well inside the range of decimal.
        var bounded = Math.Clamp(double.IsNaN(share) ? 0 : share, -1e13, 1e13);
        var value = (decimal)bounded;

        // The conversion keeps 15 digits; a share a hair under 1 must stay under it.
        return share < 1 && value >= 1 ? Hundred - 1e-12m : value * Hundred;
    }

    private static decimal Cut(decimal value, int decimals)
    {
        var scale = 1m;
        for (var i = 0; i < decimals; i++)
        {
            scale *= 10m;
        }

        return decimal.Floor(value * scale) / scale;
    }

    private static string Format(decimal percent, int decimals)
    {
        var text = Math.Abs(percent).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return (percent < 0 ? "−" : "") + text + " %";
    }
}
