using System.Globalization;
using System.Text;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Objectives.Negotiation;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Objectives;

/// <summary>Attained shares of past windows as lines in a box of 640 × 220.</summary>
/// <param name="Low">The percentage at the bottom of the plot.</param>
/// <param name="High">At its top.</param>
/// <param name="Step">Of a target that is dragged, in percent: about a two-hundredth of the plot, and a round number.</param>
internal sealed record EvidenceGeometry(
    decimal Low, decimal High, decimal Step, string Path, string Area, double TargetY, IReadOnlyList<(double Y, string Text)> Ticks, IReadOnlyList<(double X, string Text, string Anchor)> Days,
    IReadOnlyList<(EvidenceMark Mark, double X, double Y)> Marks, IReadOnlyList<(int Percent, double X, double Y, double High, double Low)> Held)
{
    // Marks that would lie on each other stand side by side in the lane right of the plot.
    private const double MarkRoom = 13;
    private const double Lane = 618;
    public const double Left = 64;
    public const double Right = 570;
    public const double Top = 10;
    public const double Bottom = 194;

    public static EvidenceGeometry Empty { get; } = new(0, 0, 1, "", "", Bottom, [], [], [], []);

    /// <param name="line">In order of time.</param>
    /// <param name="target">In percent.</param>
    /// <param name="zone">The reader's, for the days.</param>
    /// <param name="marks">What people say of targets.</param>
    /// <param name="held">What so many of the windows to come attain, drawn as whiskers; null draws none.</param>
    public static EvidenceGeometry Of(
        IReadOnlyList<EvidencePoint> line, double target, TimeZoneInfo zone, IReadOnlyList<EvidenceMark>? marks = null, IReadOnlyList<HeldEstimate>? held = null)
    {
        if (line.Count < 2)
            return Empty;
        var (low, high, step) = Scale(line.Min(p => p.Attained) * 100, (marks ?? []).Select(m => (double)m.Percent).Prepend(target).Min());
        var (first, last) = (line[0].At, line[^1].At);
        var path = new StringBuilder();
        foreach (var point in line)
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{X(point.At):0.#} {Y(point.Attained * 100):0.#}");
        var targetY = Y(target);
        var area = string.Create(CultureInfo.InvariantCulture, $"{path}L{X(last):0.#} {targetY:0.#}L{X(first):0.#} {targetY:0.#}Z");
        return new((decimal)low, (decimal)high, step, path.ToString(), area, targetY, ChartTicks.Of(low, high, Y), DaysOf(first, last, X, zone),
            MarksOf(marks ?? [], Y), [.. (held ?? []).Select((h, i) => (h.PercentOfWindows, Right - 16 - 16 * i, Clamped(h.Attained.Value), Clamped(h.Attained.High), Clamped(h.Attained.Low)))]);

        double X(DateTimeOffset at) => Left + (at - first) / (last - first) * (Right - Left);
        double Clamped(double share) => Math.Clamp(Y(share * 100), Top, Bottom);
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

    private static List<(EvidenceMark, double, double)> MarksOf(IReadOnlyList<EvidenceMark> marks, Func<double, double> y)
    {
        var placed = new List<(EvidenceMark Mark, double X, double Y)>();
        foreach (var mark in marks.OrderByDescending(m => m.Percent))
        {
            var at = y((double)mark.Percent);
            var beside = placed.Count(p => Math.Abs(p.Y - at) < MarkRoom);
            placed.Add((mark, Lane + (beside % 2 == 0 ? 0 : MarkRoom) - (beside > 1 ? MarkRoom : 0), at));
        }
        return placed;
    }

    private static (double, string, string)[] DaysOf(DateTimeOffset first, DateTimeOffset last, Func<DateTimeOffset, double> x, TimeZoneInfo zone) =>
        [.. new[] { (0d, "start"), (0.5, "middle"), (1d, "end") }.Select(p => (first + (last - first) * p.Item1, p.Item2))
            .Select(p => (x(p.Item1), RelativeTime.Day(p.Item1, zone), p.Item2))];
}

/// <summary>What people of one side say of one target.</summary>
/// <param name="Who">Their names.</param>
public sealed record EvidenceMark(decimal Percent, Side Side, string Who);
