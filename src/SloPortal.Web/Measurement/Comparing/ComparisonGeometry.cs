using System.Globalization;
using System.Text;
using SloPortal.Domain.Measurement.Comparing;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement.Comparing;

/// <summary>
/// Two measurements on one time axis in a box of 640 × 330: their good shares by hour, below it by how much they differ, and below that the hours
/// in which only one has data.
/// </summary>
/// <param name="First">Lines of the first; an hour without data opens a gap.</param>
/// <param name="Within">Differences up to the tolerance, a stroke from zero for each hour.</param>
/// <param name="Beyond">Those beyond it.</param>
/// <param name="FirstGaps">Stretches in which only the second has data.</param>
internal sealed record ComparisonGeometry(
    string First, string Second, string Within, string Beyond, IReadOnlyList<(double X, double Width)> FirstGaps, IReadOnlyList<(double X, double Width)> SecondGaps,
    IReadOnlyList<(double Y, string Text)> Shares, IReadOnlyList<(double Y, string Text)> Points, IReadOnlyList<double> Tolerance, IReadOnlyList<(double X, string Text, string Anchor)> Days)
{
    public const double Left = 64;
    public const double Right = 632;
    public const double Top = 24;
    public const double SharesEnd = 164;
    public const double PointsTop = 196;
    public const double PointsEnd = 276;
    public const double FirstLane = 286;
    public const double SecondLane = 296;
    public const double LaneHeight = 6;

    private const double Zero = (PointsTop + PointsEnd) / 2;

    /// <param name="hours">In order, without holes.</param>
    /// <param name="tolerance">Percentage points.</param>
    /// <param name="zone">The reader's, for the days.</param>
    public static ComparisonGeometry Of(IReadOnlyList<ComparedHour> hours, double tolerance, TimeZoneInfo zone)
    {
        var shares = hours.SelectMany(h => new[] { h.First.Ratio, h.Second.Ratio }).OfType<double>().DefaultIfEmpty(1).ToList();
        var low = Math.Max(0, 100 * shares.Min() - Math.Max(0.01, (1 - shares.Min()) * 12));
        var most = Math.Max(tolerance * 1.5, hours.Max(h => Math.Abs(h.Difference ?? 0)) * 100);
        return new(
            Line(h => h.First.Ratio), Line(h => h.Second.Ratio), Strokes(beyond: false), Strokes(beyond: true), Gaps(h => h.First.HasData, h => h.Second.HasData), Gaps(h => h.Second.HasData, h => h.First.HasData),
            ChartTicks.Of(low, 100, Y), [.. Ends(most, PointY)], [PointY(tolerance), PointY(-tolerance)],
            [.. new[] { (0d, "start"), (0.5, "middle"), (1d, "end") }.Select(p => (Left + p.Item1 * (Right - Left), RelativeTime.Day(hours[(int)(p.Item1 * (hours.Count - 1))].Start, zone), p.Item2))]);

        double X(double hour) => Left + hour / hours.Count * (Right - Left);
        double Y(double percent) => SharesEnd - (percent - low) / (100 - low) * (SharesEnd - Top);
        double PointY(double points) => Zero - points / most * (Zero - PointsTop);

        string Line(Func<ComparedHour, double?> share)
        {
            var (path, pen) = (new StringBuilder(), false);
            for (var i = 0; i < hours.Count; i++)
            {
                // A flat step for each hour, so that one alone is seen.
                if (share(hours[i]) is { } value)
                    path.Append(CultureInfo.InvariantCulture, $"{(pen ? 'L' : 'M')}{X(i):0.##} {Y(value * 100):0.##}H{X(i + 1):0.##}");
                pen = share(hours[i]) is not null;
            }

            return path.ToString();
        }

        string Strokes(bool beyond)
        {
            var path = new StringBuilder();
            for (var i = 0; i < hours.Count; i++)
            {
                if (hours[i].Difference * 100 is { } points && Math.Abs(points) > tolerance == beyond)
                    path.Append(CultureInfo.InvariantCulture, $"M{X(i + 0.5):0.##} {Zero:0.##}V{PointY(points):0.##}");
            }

            return path.ToString();
        }

        List<(double, double)> Gaps(Func<ComparedHour, bool> own, Func<ComparedHour, bool> other)
        {
            var gaps = new List<(double, double)>();
            for (var i = 0; i < hours.Count; i++)
            {
                var from = i;
                while (i < hours.Count && !own(hours[i]) && other(hours[i]))
                    i++;
                if (i > from)
                    gaps.Add((X(from), Math.Max(1.5, X(i) - X(from))));
            }

            return gaps;
        }
    }

    /// <summary>Zero, and the largest round number of points either way: there is room for no more.</summary>
    private static IEnumerable<(double, string)> Ends(double most, Func<double, double> y)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(most)));
        var end = new[] { 5, 2, 1 }.Select(n => n * unit).First(e => e <= most);
        var text = end.ToString("0.######", CultureInfo.InvariantCulture);
        return [(y(-end), "−" + text), (y(0), "0"), (y(end), text)];
    }
}
