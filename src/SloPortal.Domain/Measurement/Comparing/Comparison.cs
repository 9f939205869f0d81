using SloPortal.Domain.Common;

namespace SloPortal.Domain.Measurement.Comparing;

/// <summary>How one of two measurements stands beside the other.</summary>
/// <param name="EventsAnHour">Mean over the hours in which it has data; null without.</param>
/// <param name="Known">How exactly it knows the share of an hour, by so many events: half the 95 % interval, 0 to 1.</param>
/// <param name="GapHours">In which it has no data and the other does.</param>
/// <param name="MissedHours">Which the other calls bad and it does not.</param>
public sealed record ComparedSide(EventCounts Counts, int HoursWithData, double? EventsAnHour, double? Known, int GapHours, int MissedHours);

/// <summary>Two measurements of the same thing, hour by hour.</summary>
/// <param name="Bias">Mean difference of the good shares, weighted by the events of the first: how much better the first says it is, −1 to 1; null where they share no hour.</param>
/// <param name="LargestDifference">The furthest apart that they were in an hour, as an absolute share.</param>
public sealed record Comparison(
    IReadOnlyList<ComparedHour> Hours, double? Bias, double? LargestDifference, AgreementTable Table, Lag Lag, ComparedSide First, ComparedSide Second)
{
    /// <param name="first">Whole hours, the same minutes as <paramref name="second"/>.</param>
    /// <param name="badBelow">The good share, 0 to 1, below which an hour or a minute is bad.</param>
    public static Comparison Of(MinuteCounts first, MinuteCounts second, double badBelow)
    {
        var hours = ComparedHour.Of(first, second);
        var table = AgreementTable.Of(hours, badBelow);
        return new(hours, BiasOf(hours), hours.Max(h => h.Difference is { } d ? Math.Abs(d) : (double?)null), table, Lag.Of(first, second, badBelow),
            SideOf(hours, table.OnlySecondBad), SideOf(hours.Select(h => h.Swap()), table.OnlyFirstBad));
    }

    public static double? BiasOf(IEnumerable<ComparedHour> hours)
    {
        var (weighted, events) = (0d, 0d);
        foreach (var hour in hours.Where(h => h.BothHaveData))
        {
            weighted += hour.Difference!.Value * hour.First.Total;
            events += hour.First.Total;
        }

        return events > 0 ? weighted / events : null;
    }

    private static ComparedSide SideOf(IEnumerable<ComparedHour> hours, int missed)
    {
        var (counts, withData, gaps) = (EventCounts.None, 0, 0);
        foreach (var hour in hours)
        {
            counts += hour.First;
            withData += hour.First.HasData ? 1 : 0;
            gaps += !hour.First.HasData && hour.Second.HasData ? 1 : 0;
        }

        var events = withData > 0 ? counts.Total / withData : (double?)null;
        return new(counts, withData, events, events is { } n ? ShareInterval.Of(counts.Ratio!.Value, n).HalfWidth : null, gaps, missed);
    }
}
