using SloPortal.Domain.Common;

namespace SloPortal.Domain.Objectives.Negotiation;

/// <summary>The targets and the past windows for which a demand is told.</summary>
public static class TargetSteps
{
    private const int MostSteps = 8;
    private const int MostWindows = 120;

    /// <summary>
    /// The proposed target, each further half-nine and nine (99.9, 99.95, 99.99 …) and the highest that is wanted; where nobody wants
    /// more, one step further, so that what is proposed has something beside it.
    /// </summary>
    /// <param name="proposed">In percent.</param>
    /// <param name="wanted">The highest wanted target in percent; null where none is.</param>
    public static IReadOnlyList<ObjectiveTarget> From(decimal proposed, decimal? wanted)
    {
        var grid = Enumerable.Range(0, 7).SelectMany(nines => new[] { 10m, 5m }.Select(unit => 100m - (unit / (decimal)Math.Pow(10, nines))))
            .Where(t => t > proposed && ObjectiveTarget.RefusalFor(t) is null).Order().ToList();
        var steps = wanted is { } most && most > proposed ? grid.Where(t => t < most).Append(most) : grid.Take(1);
        return [.. steps.Prepend(proposed).Take(MostSteps).Select(t => new ObjectiveTarget(t))];
    }

    /// <summary>
    /// Past windows side by side: the complete calendar periods, or rolling windows laid out from the worst one in both directions, so
    /// that the one that matters most is whole.
    /// </summary>
    /// <param name="history">What is stored.</param>
    /// <param name="worst">The past window with the largest share of failures.</param>
    public static IReadOnlyList<Interval> Windows(SloWindow window, Interval history, Interval worst)
    {
        var windows = new List<Interval>();
        if (window is CalendarWindow)
        {
            for (var period = window.FullPeriodAt(history.Start); period.End <= history.End && windows.Count < MostWindows; period = window.FullPeriodAt(period.End))
            {
                if (period.Start >= history.Start)
                {
                    windows.Add(period);
                }
            }

            return windows;
        }

        var first = worst.Start;
        while (first - worst.Length >= history.Start && windows.Count < MostWindows)
        {
            first -= worst.Length;
        }

        for (var start = first; start + worst.Length <= history.End && windows.Count < MostWindows; start += worst.Length)
        {
            windows.Add(new Interval(start, start + worst.Length));
        }

        return windows;
    }
}
