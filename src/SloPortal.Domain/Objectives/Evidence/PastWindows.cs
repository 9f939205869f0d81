using SloPortal.Domain.Common;

namespace SloPortal.Domain.Objectives.Evidence;

/// <summary>
/// Every past window of a history and what it attained: a rolling window ends on each minute, a calendar window with each complete
/// period. One pass over running sums; afterwards any target is judged by a search among sorted shares.
/// </summary>
public sealed class PastWindows
{
    /// <summary>Shares of windows, in percent, for which the strictest target is named.</summary>
    public static IReadOnlyList<int> Confidences { get; } = [90, 95, 99];

    private readonly MinuteCounts counts;
    private readonly SloWindow window;
    private readonly Interval[] periods;

    // Share of failed events of each window, NaN without data; and those with data, ascending.
    private readonly double[] failed;
    private readonly double[] sorted;

    private PastWindows(MinuteCounts counts, SloWindow window, Interval[] periods, double[] failed)
    {
        (this.counts, this.window, this.periods, this.failed) = (counts, window, periods, failed);
        sorted = [.. failed.Where(f => !double.IsNaN(f))];
        Array.Sort(sorted);
    }

    public Interval History => counts.Covered;

    /// <summary>Windows with data. Rolling ones overlap.</summary>
    public int Count => sorted.Length;

    /// <summary>Windows in which no event was seen; they count neither way.</summary>
    public int WithoutData => failed.Length - sorted.Length;

    /// <summary>How many windows fit into the history side by side: the honest sample size.</summary>
    public int Independent => window is RollingWindow rolling ? counts.Minutes / MinutesOf(rolling) : failed.Length;

    public static PastWindows Of(MinuteCounts counts, SloWindow window)
    {
        if (window is not RollingWindow rolling)
        {
            var periods = CompletePeriods(counts.Covered, (CalendarWindow)window);
            return new PastWindows(counts, window, periods, [.. periods.Select(p => Failed(counts.In(p)))]);
        }

        var length = MinutesOf(rolling);
        var failed = new double[Math.Max(0, counts.Minutes - length + 1)];
        for (var i = 0; i < failed.Length; i++)
        {
            failed[i] = Failed(counts.In(i, i + length));
        }

        return new PastWindows(counts, window, [], failed);
    }

    /// <summary>The window in the given place, in order of ends.</summary>
    public ReplayWindow? At(int place) => place < 0 || place >= failed.Length || double.IsNaN(failed[place]) ? null
        : new ReplayWindow(IntervalAt(place), counts.In(IntervalAt(place)), 1 - failed[place]);

    /// <summary>The latest whole window with data.</summary>
    public ReplayWindow? Last() => At(Array.FindLastIndex(failed, f => !double.IsNaN(f)));

    /// <summary>What a target would have meant.</summary>
    public ReplayResult Judge(ObjectiveTarget target) => new(
        History, Count, WithoutData, Independent, Quantile.CountUpTo(sorted, Allowed(target)), Held(), Worst(), Best(), Shortage());

    /// <summary>What the windows attained, thinned to a number of points: the worst of each stretch, so that none hides a failure.</summary>
    public IReadOnlyList<ReplayWindow> Line(int most)
    {
        var stretch = Math.Max(1, (failed.Length + most - 1) / most);
        var line = new List<ReplayWindow>();
        for (var start = 0; start < failed.Length; start += stretch)
        {
            var worst = -1;
            for (var i = start; i < Math.Min(start + stretch, failed.Length); i++)
            {
                if (!double.IsNaN(failed[i]) && (worst < 0 || failed[i] > failed[worst]))
                {
                    worst = i;
                }
            }

            if (At(worst) is { } point)
            {
                line.Add(point);
            }
        }

        return line;
    }

    /// <summary>
    /// The share of failures that a target allows, with a hair of room: it is compared with a quotient of doubles, and 1 of 1,000
    /// failed must meet 99.9 %.
    /// </summary>
    internal static double Allowed(ObjectiveTarget target) => (double)target.AllowedFailureShare * (1 + 1e-12);

    private static double Failed(EventCounts counts) => counts.ErrorRatio ?? double.NaN;

    private static int MinutesOf(RollingWindow window) => window.Days * 24 * 60;

    private Interval IntervalAt(int place) => window is RollingWindow rolling
        ? new Interval(counts.Start.AddMinutes(place), counts.Start.AddMinutes(place + MinutesOf(rolling)))
        : periods[place];

    private HeldTarget[] Held() => Count == 0 ? [] : [.. Confidences.Select(confidence =>
    {
        // The k worst windows may miss; integers, so that 10 % of 10 windows is one window and not 0.99.
        var mayMiss = (int)((long)Count * (100 - confidence) / 100);
        var attained = 1 - sorted[Count - 1 - mayMiss];
        return new HeldTarget(confidence, attained, TargetSuggestion.AtMost(attained));
    })];

    private ReplayWindow? Worst() => Count == 0 ? null : At(Array.IndexOf(failed, sorted[^1]));

    private ReplayWindow? Best() => Count == 0 ? null : At(Array.IndexOf(failed, sorted[0]));

    private static Interval[] CompletePeriods(Interval history, CalendarWindow window)
    {
        var periods = new List<Interval>();
        var period = window.FullPeriodAt(history.Start);
        if (period.Start < history.Start)
        {
            period = window.FullPeriodAt(period.End);
        }

        for (; period.End <= history.End; period = window.FullPeriodAt(period.End))
        {
            periods.Add(period);
        }

        return [.. periods];
    }

    private string? Shortage()
    {
        if (failed.Length == 0 && window is RollingWindow rolling)
        {
            var missing = TimeSpan.FromDays(rolling.Days) - History.Length;
            return $"The history covers {HumanDuration.Text(History.Length)}. A window of {rolling.Days} days needs {HumanDuration.Text(missing)} more before it can be replayed.";
        }

        if (failed.Length == 0)
        {
            return $"The history covers {HumanDuration.Text(History.Length)}, which holds no complete period ({window.Phrase}).";
        }

        return Count == 0 ? "No events were seen in any past window, so nothing can be replayed." : null;
    }
}
