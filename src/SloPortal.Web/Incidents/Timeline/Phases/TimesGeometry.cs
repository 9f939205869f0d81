using SloPortal.Application.Incidents.Timeline.Phases;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline.Phases;

namespace SloPortal.Web.Incidents.Timeline.Phases;

/// <summary>
/// Incidents as dots in a box 640 wide: time to the right, doubling rather than adding, since one may take a minute and another three days; a row for each severity.
/// Dots that would hide one another stand beside their row's middle, as far as there is room.
/// </summary>
internal sealed record TimesGeometry(double Height, IReadOnlyList<TimesRow> Rows, IReadOnlyList<(double X, string Text)> Ticks)
{
    public const double Left = 132;
    public const double Right = 624;
    public const double Top = 12;
    public const double RowHeight = 64;
    public const double Radius = 5;

    /// <summary>What is shorter stands at the left edge.</summary>
    private const double Shortest = 1;

    private static readonly (double Seconds, string Text)[] Marks =
        [(Shortest, "1 s"), (10, "10 s"), (60, "1 min"), (300, "5 min"), (1200, "20 min"), (3600, "1 h"), (4 * 3600, "4 h"), (86_400, "1 d"), (4 * 86_400, "4 d"), (16 * 86_400, "16 d"), (64 * 86_400, "64 d"), (365 * 86_400, "1 y")];

    /// <summary>The bottom of the rows, where the axis is.</summary>
    public double Bottom => Top + (Rows.Count * RowHeight);

    /// <param name="times">With at least one known length of the span.</param>
    public static TimesGeometry Of(IncidentTimes times, PhaseSpan span)
    {
        var known = times.Incidents.Where(i => i.Seconds(span) is not null).ToLookup(i => i.Severity);
        var lengths = known.SelectMany(g => g).Select(i => Math.Max(Shortest, i.Seconds(span)!.Value)).ToList();
        var (first, last) = (Array.FindLastIndex(Marks, m => m.Seconds <= lengths.Min()), Array.FindIndex(Marks, m => m.Seconds >= lengths.Max()));
        last = last < 0 ? Marks.Length - 1 : Math.Max(last, first + 1);
        var (low, high) = (Math.Log(Marks[first].Seconds), Math.Log(Math.Max(Marks[last].Seconds, lengths.Max())));
        List<TimesRow> rows = [.. known.OrderBy(g => g.Key).Select((g, i) => Row(g.Key, [.. g], Top + ((i + 0.5) * RowHeight)))];
        return new(Top + (rows.Count * RowHeight) + 56, rows, [.. Marks[first..(last + 1)].Select(m => (X(m.Seconds), m.Text))]);

        double X(double seconds) => Left + ((Math.Log(Math.Max(Shortest, seconds)) - low) / (high - low) * (Right - Left));

        TimesRow Row(IncidentSeverity severity, List<IncidentTimesRow> incidents, double middle)
        {
            var spread = times.Spreads.Single(s => s.Severity == severity && s.Span == span).Spread;
            // Of few, the dots say all that there is.
            (double, string)[] marks = spread.IsFew ? [] : [(X(spread.MedianSeconds!.Value), "median"), (X(spread.P75Seconds!.Value), "p75"), (X(spread.P90Seconds!.Value), "p90")];
            return new(severity, spread.Count, middle, marks, Dots(incidents, middle));
        }

        List<TimesDot> Dots(List<IncidentTimesRow> incidents, double middle)
        {
            var placed = new List<TimesDot>();
            foreach (var incident in incidents.OrderBy(i => i.Seconds(span)))
            {
                var x = X(incident.Seconds(span)!.Value);
                // 0, one up, one down, two up … until it touches none, or there is no more room.
                var y = Enumerable.Range(0, 5).Select(n => middle + ((n + 1) / 2 * (n % 2 == 0 ? 1 : -1) * 2 * Radius))
                    .Where(at => placed.TrueForAll(d => Math.Pow(d.X - x, 2) + Math.Pow(d.Y - at, 2) >= 4 * Radius * Radius)).Cast<double?>().FirstOrDefault() ?? middle;
                placed.Add(new(incident, x, y));
            }
            return placed;
        }
    }
}

/// <param name="Middle">Where it lies.</param>
/// <param name="Marks">Percentiles.</param>
internal sealed record TimesRow(IncidentSeverity Severity, int Count, double Middle, IReadOnlyList<(double X, string Mark)> Marks, IReadOnlyList<TimesDot> Dots);

internal sealed record TimesDot(IncidentTimesRow Incident, double X, double Y);
