using System.Globalization;
using System.Text;
using SloPortal.Application.Budgets.Tuning;

namespace SloPortal.Web.Budgets.Tuning;

/// <summary>Policies as points in a box of 640 × 300: pages a week to the right, missed budget in percent upwards.</summary>
/// <param name="Path">The frontier as steps: what is missed at most for so many pages.</param>
internal sealed record FrontierGeometry(
    IReadOnlyList<(SweptPolicy Policy, double X, double Y)> Points, (double X, double Y) InForce, string Path, IReadOnlyList<(double X, string Text)> Columns, IReadOnlyList<(double Y, string Text)> Rows)
{
    public const double Left = 76;
    public const double Right = 624;
    public const double Top = 28;
    public const double Bottom = 252;

    public static FrontierGeometry Of(IReadOnlyList<SweptPolicy> frontier, SweptPolicy inForce)
    {
        var (across, columns) = Scale(frontier.Append(inForce).Max(p => p.PerWeek));
        var (up, rows) = Scale(frontier.Append(inForce).Max(p => p.MissedBudget) * 100);
        var path = new StringBuilder();
        foreach (var point in frontier)
        {
            // Until the next point nothing better is to be had, so the line goes on at its height.
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? $"M{X(point.PerWeek):0.#} {Top:0.#}V" : $"H{X(point.PerWeek):0.#}V")}{Y(point.MissedBudget * 100):0.#}");
        }

        path.Append(CultureInfo.InvariantCulture, $"H{Right:0.#}");
        return new(
            [.. frontier.Select(p => (p, X(p.PerWeek), Y(p.MissedBudget * 100)))], (X(inForce.PerWeek), Y(inForce.MissedBudget * 100)), path.ToString(),
            [.. columns.Select(v => (X(v), Text(v)))], [.. rows.Select(v => (Y(v), Text(v) + " %"))]);

        double X(double perWeek) => Left + (perWeek / across * (Right - Left));
        double Y(double percent) => Bottom - (percent / up * (Bottom - Top));
    }

    /// <summary>From zero to a round number above the greatest value, with about five ticks.</summary>
    private static (double Most, IReadOnlyList<double> Ticks) Scale(double greatest)
    {
        var rough = Math.Max(greatest, 0.01) / 4;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = new[] { 1, 2, 5, 10 }.Select(n => n * unit).First(s => s >= rough);
        var count = (int)Math.Ceiling(Math.Max(greatest, 0.01) / step - 1e-9);
        return (count * step, [.. Enumerable.Range(0, count + 1).Select(i => i * step)]);
    }

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
