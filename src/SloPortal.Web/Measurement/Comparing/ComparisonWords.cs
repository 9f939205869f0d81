using System.Globalization;
using SloPortal.Application.Measurement.Comparing;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Comparing;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement.Comparing;

/// <summary>How a comparison is said.</summary>
internal static class ComparisonWords
{
    /// <summary>A difference of shares as percentage points, with its sign.</summary>
    public static string Points(double? share) => share is { } d ? (d < 0 ? "−" : d > 0 ? "+" : "") + Size(d) : "no data";

    /// <summary>The same without its sign.</summary>
    public static string Size(double share) => Math.Abs(share * 100) switch
    {
        0 => "0",
        < 0.001 => "under 0.001",
        < 0.1 and var points => points.ToString("0.###", CultureInfo.InvariantCulture),
        var points => points.ToString("0.##", CultureInfo.InvariantCulture),
    };

    public static string Bias(ComparisonTold told) => told.Bias switch
    {
        null => "They share no hour with data.",
        { } bias when Math.Abs(bias) < 0.000_005 => "On the whole they say the same.",
        { } bias => $"On the whole {(bias > 0 ? told.First.Name : told.Second.Name)} says that it is better, by {Size(bias)} percentage points.",
    };

    public static string Lag(ComparisonTold told) => told.Lag.Minutes switch
    {
        null => "undetermined",
        0 => "none",
        var m => $"{told.Second.Name} is {Math.Abs(m.Value)} min {(m > 0 ? "behind" : "ahead")}",
    };

    /// <summary>What to trust, with the figures that the rule reads.</summary>
    public static string Trust(ComparisonTold told)
    {
        var (first, second) = (told.First, told.Second);
        if (first.Side.Known is null || second.Side.Known is null)
            return $"Nothing can be said about which to trust: {(first.Side.Known is null ? first.Name : second.Name)} has no data in this time.";
        var figures = $"{Knows(first)}; {Knows(second)}.";
        return told.Trusted switch
        {
            Trusted.Neither => $"Trust neither for a single hour at this traffic, only longer stretches. {figures}",
            Trusted.First => $"At this traffic trust {first.Name}. {figures}",
            Trusted.Second => $"At this traffic trust {second.Name}. {figures}",
            _ => throw new ArgumentOutOfRangeException(nameof(told), told.Trusted, null),
        };
    }

    public static string Events(double? events) => events is { } n ? n.ToString(n < 10 ? "0.#" : "#,0", CultureInfo.InvariantCulture) : "no data";

    /// <summary>Hours one after the other as one stretch, the newest first.</summary>
    public static IReadOnlyList<Interval> Stretches(IEnumerable<ComparedHour> hours)
    {
        var stretches = new List<Interval>();
        foreach (var hour in hours.OrderBy(h => h.Start))
        {
            if (stretches.Count > 0 && stretches[^1].End == hour.Start)
                stretches[^1] = new(stretches[^1].Start, hour.Start.AddHours(1));
            else
                stretches.Add(new(hour.Start, hour.Start.AddHours(1)));
        }

        stretches.Reverse();
        return stretches;
    }

    public static (Tone Tone, string Word) State(FindingState state) => state switch
    {
        FindingState.Open => (Tone.Warn, "Open"),
        FindingState.Agreed => (Tone.Good, "They agree again"),
        FindingState.Closed => (Tone.Neutral, "Closed"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    private static string Knows(ComparedSli sli) =>
        $"{sli.Name} knows an hour to ±{Size(sli.Side.Known!.Value)} points from {Events(sli.Side.EventsAnHour)} events, with {Count(sli.Side.GapHours, "gap hour", "gap hours")} and {Count(sli.Side.MissedHours, "missed hour", "missed hours")}";

    private static string Count(int count, string one, string many) => count == 1 ? "1 " + one : count.ToString("#,0", CultureInfo.InvariantCulture) + " " + many;
}
