using System.Globalization;
using System.Text;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Objectives;

/// <summary>Attained shares of past windows as lines in a box of 640 × 220.</summary>
/// <param name="Low">The percentage at the bottom of the plot.</param>
/// <param name="High">At its top.</param>
/// <param name="Step">Of a target that is dragged, in percent: about a two-hundredth of the plot, and a round number.</param>
internal sealed record EvidenceGeometry(
    decimal Low, decimal High, decimal Step, string Path, string Area, double TargetY, IReadOnlyList<(double Y, string Text)> Ticks, IReadOnlyList<(double X, string Text, string Anchor)> Days)
{
    public const double Left = 64;
    public const double Right = 570;
    public const double Top = 10;
    public const double Bottom = 194;

    public static EvidenceGeometry Empty { get; } = new(0, 0, 1, "", "", Bottom, [], []);

    /// <param name="line">In order of time.</param>
    /// <param name="target">In percent.</param>
    /// <param name="zone">The reader's, for the days.</param>
    public static EvidenceGeometry Of(IReadOnlyList<EvidencePoint> line, double target, TimeZoneInfo zone)
    {
        if (line.Count < 2)
            return Empty;
        var (low, high, step) = Scale(line.Min(p => p.Attained) * 100, target);
        var (first, last) = (line[0].At, line[^1].At);
        var path = new StringBuilder();
        foreach (var point in line)
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{X(point.At):0.#} {Y(point.Attained * 100):0.#}");
        var targetY = Y(target);
        var area = string.Create(CultureInfo.InvariantCulture, $"{path}L{X(last):0.#} {targetY:0.#}L{X(first):0.#} {targetY:0.#}Z");
        return new((decimal)low, (decimal)high, step, path.ToString(), area, targetY, TicksOf(low, high, Y), DaysOf(first, last, X, zone));

        double X(DateTimeOffset at) => Left + (at - first) / (last - first) * (Right - Left);
        double Y(double percent) => Bottom - (percent - low) / (high - low) * (Bottom - Top);
    }

    /// <summary>From below the worst window to 100 %, so that it stands still while the target moves within it.</summary>
    private static (double Low, double High, decimal Step) Scale(double worst, double target)
    {
        var room = Math.Max((100 - worst) * 0.12, 0.000_5);
        var low = Math.Max(0, target < worst - room ? target - room : worst - room);
        var exponent = Math.Clamp((int)Math.Floor(Math.Log10((100 - low) / 150)), -6, 0);
        var step = (decimal)Math.Pow(10, exponent);
        return ((double)(Math.Floor((decimal)low / step) * step), 100, decimal.Round(step, 6));
    }

    private static List<(double, string)> TicksOf(double low, double high, Func<double, double> y)
    {
        var rough = (high - low) / 4;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = new[] { 1, 2, 5, 10 }.Select(n => n * unit).First(s => s >= rough);
        var decimals = Math.Max(0, (int)-Math.Floor(Math.Log10(step)));
        var ticks = new List<(double, string)>();
        for (var tick = Math.Ceiling(low / step) * step; tick <= high + step / 1000; tick += step)
            ticks.Add((y(tick), tick.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)));
        return ticks;
    }

    private static (double, string, string)[] DaysOf(DateTimeOffset first, DateTimeOffset last, Func<DateTimeOffset, double> x, TimeZoneInfo zone) =>
        [.. new[] { (0d, "start"), (0.5, "middle"), (1d, "end") }.Select(p => (first + (last - first) * p.Item1, p.Item2))
            .Select(p => (x(p.Item1), RelativeTime.Day(p.Item1, zone), p.Item2))];
}
