using SloPortal.Domain.Common;

namespace SloPortal.Domain.Objectives;

/// <summary>
/// Replays a target over past counts: every rolling window that ends on a whole step (an hour), or every complete
/// calendar period. One pass over running sums; each window costs two look-ups whatever its length.
/// </summary>
public static class ObjectiveReplay
{
    private static readonly int[] Confidences = [90, 95, 99];

    /// <param name="counts">Running sums over minute or hour buckets that cover <paramref name="history"/>.</param>
    /// <param name="history">From the first bucket to the end of the last; hours without events inside it are no data.</param>
    /// <param name="window">The proposed window.</param>
    /// <param name="target">The proposed target.</param>
    public static ReplayResult Run(RunningCounts counts, Interval history, SloWindow window, ObjectiveTarget target)
    {
        var windows = new List<ReplayWindow>();
        var candidates = 0;
        foreach (var past in PastWindows(history, window))
        {
            candidates++;
            var seen = counts.In(past);
            if (seen.Ratio is { } attained)
            {
                windows.Add(new ReplayWindow(past, seen, attained, seen.Bad <= target.AllowedFailures(seen.Total)));
            }
        }

        return new ReplayResult(
            history,
            windows,
            candidates - windows.Count,
            window is RollingWindow rolling ? (int)(history.Length / TimeSpan.FromDays(rolling.Days)) : candidates,
            StrictestHeld(windows),
            Shortage(history, window, candidates, windows.Count));
    }

    /// <summary>Past windows that lie wholly within the history, in order of their ends.</summary>
    private static IEnumerable<Interval> PastWindows(Interval history, SloWindow window) => window switch
    {
        RollingWindow rolling => RollingWindows(history, TimeSpan.FromDays(rolling.Days)),
        CalendarWindow calendar => CompletePeriods(history, calendar),
        _ => throw new ArgumentOutOfRangeException(nameof(window), window, null),
    };

    private static IEnumerable<Interval> RollingWindows(Interval history, TimeSpan length)
    {
        for (var end = history.Start + length; end <= history.End; end += TimeSpan.FromHours(1))
        {
            yield return Interval.EndingAt(end, length);
        }
    }

    private static IEnumerable<Interval> CompletePeriods(Interval history, CalendarWindow window)
    {
        var period = window.FullPeriodAt(history.Start);
        if (period.Start < history.Start)
        {
            period = window.FullPeriodAt(period.End);
        }

        for (; period.End <= history.End; period = window.FullPeriodAt(period.End))
        {
            yield return period;
        }
    }

    private static HeldTarget[] StrictestHeld(List<ReplayWindow> windows)
    {
        if (windows.Count == 0)
        {
            return [];
        }

        var attained = windows.Select(window => window.Attained).Order().ToArray();
        return [.. Confidences.Select(confidence =>
        {
            // The k worst windows may miss; integers, so that 10 % of 10 windows is one window and not 0.99.
            var mayMiss = (int)((long)attained.Length * (100 - confidence) / 100);
            var ratio = attained[mayMiss];
            return new HeldTarget(confidence, ratio, TargetSuggestion.AtMost(ratio));
        })];
    }

    private static string? Shortage(Interval history, SloWindow window, int candidates, int withData)
    {
        if (candidates == 0 && window is RollingWindow rolling)
        {
            var length = TimeSpan.FromDays(rolling.Days);
            return $"The history covers {HumanDuration.Text(history.Length)}. A window of {rolling.Days} days needs {HumanDuration.Text(length - history.Length)} more before it can be replayed.";
        }

        if (candidates == 0)
        {
            return $"The history covers {HumanDuration.Text(history.Length)}, which holds no complete period ({window.Phrase}).";
        }

        return withData == 0 ? "No events were seen in any past window, so nothing can be replayed." : null;
    }
}
