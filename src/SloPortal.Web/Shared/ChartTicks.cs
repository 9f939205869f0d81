using System.Globalization;

namespace SloPortal.Web.Shared;

/// <summary>Round figures for an axis.</summary>
internal static class ChartTicks
{
    /// <summary>At most five, in steps of 1, 2 or 5 times a power of ten, each with its place and its text.</summary>
    /// <param name="low">Where the axis begins.</param>
    /// <param name="high">Above <paramref name="low"/>.</param>
    /// <param name="y">The place of a value.</param>
    public static List<(double Y, string Text)> Of(double low, double high, Func<double, double> y)
    {
        var rough = (high - low) / 4;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = new[] { 1, 2, 5, 10 }.Select(n => n * unit).First(s => s >= rough);
        var decimals = Math.Max(0, (int)-Math.Floor(Math.Log10(step)));
        var ticks = new List<(double, string)>();
        for (var tick = Math.Ceiling(low / step); tick * step <= high + step / 1000; tick++)
            ticks.Add((y(tick * step), (tick * step).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)));
        return ticks;
    }
}
