using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Domain.Governance;

/// <summary>One period of a contract as its own rules judge it.</summary>
/// <param name="When">The calendar period as far as the term covers it.</param>
/// <param name="Seen">Of that, what has passed.</param>
/// <param name="Counted">What was counted in it outside exclusions.</param>
/// <param name="LeftOut">What was counted in exclusions.</param>
public sealed record ContractPeriod(Interval When, Interval Seen, EventCounts Counted, EventCounts LeftOut)
{
    public bool IsRunning => Seen != When;

    /// <summary>0 to 1; null without data.</summary>
    public double? Attained => Counted.Ratio;

    /// <summary>What it would attain if nothing failed from now on, at the same traffic; the same when the period is over.</summary>
    public double? AtBest => Counted.HasData ? 1 - (Counted.Bad / (Counted.Total * (When.Length / Seen.Length))) : null;

    public bool? IsMet(ObjectiveTarget target) => Counted.HasData ? Counted.Bad <= target.AllowedFailures(Counted.Total) : null;

    /// <summary>The stretches of <paramref name="seen"/> that count and those that do not, in order.</summary>
    public static (IReadOnlyList<Interval> Counted, IReadOnlyList<Interval> LeftOut) Divide(Interval seen, IEnumerable<Interval> exclusions)
    {
        var (counted, leftOut) = (new List<Interval>(), new List<Interval>());
        var at = seen.Start;
        foreach (var exclusion in exclusions.Select(e => e.Intersect(seen)).OfType<Interval>().OrderBy(e => e.Start))
        {
            if (exclusion.End <= at)
                continue;
            var start = exclusion.Start > at ? exclusion.Start : at;
            if (start > at)
                counted.Add(new Interval(at, start));
            leftOut.Add(new Interval(start, exclusion.End));
            at = exclusion.End;
        }

        if (at < seen.End)
            counted.Add(new Interval(at, seen.End));
        return (counted, leftOut);
    }

    /// <summary>The periods that the term touches and that have begun, the newest first.</summary>
    /// <param name="most">At most so many.</param>
    public static IReadOnlyList<Interval> Begun(CalendarWindow calendar, Interval term, DateTimeOffset now, int most)
    {
        var periods = new List<Interval>();
        for (var at = now < term.End ? now : term.End.AddTicks(-10); at >= term.Start && periods.Count < most; at = periods[^1].Start.AddTicks(-10))
            periods.Add(calendar.FullPeriodAt(at).Intersect(term)!.Value);
        return periods;
    }
}
