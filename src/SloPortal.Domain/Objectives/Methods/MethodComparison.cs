using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives.Evidence;

namespace SloPortal.Domain.Objectives.Methods;

/// <summary>What one method makes of a history, over one window.</summary>
/// <param name="Method">How it counts.</param>
/// <param name="Window">Over which it judges.</param>
/// <param name="Result">Of all past windows.</param>
/// <param name="Last">The last window that the history holds whole; null where there is none with data.</param>
/// <param name="BudgetLeft">Of <paramref name="Last"/>: 1 untouched, 0 spent, negative overspent.</param>
public sealed record MethodVerdict(BudgetingMethod Method, SloWindow Window, ReplayResult Result, ReplayWindow? Last, double? BudgetLeft)
{
    /// <summary>Whether the last window met the target.</summary>
    public bool? Met => BudgetLeft is { } left ? left >= -1e-9 : null;
}

/// <summary>A stretch that methods see differently, with the share of the budget of one window that each charges for it.</summary>
/// <param name="When">Whole hours; those that follow on each other belong together.</param>
/// <param name="Counts">What happened in it.</param>
/// <param name="Spent">In the order of the methods that were compared.</param>
public sealed record MethodDifference(Interval When, EventCounts Counts, IReadOnlyList<double> Spent)
{
    /// <summary>How far the methods are apart.</summary>
    public double Spread => Spent.Max() - Spent.Min();
}

/// <summary>The same history under several methods.</summary>
public static class MethodComparison
{
    private static readonly TimeSpan Step = TimeSpan.FromHours(1);

    // Of a budget, in one hour; and how many times the mean of all hours, so that what is always there does not make one stretch of
    // the whole window. Product policy.
    private const double Noticeable = 0.002;
    private const double StandsOut = 2;

    /// <summary>Each method over one window.</summary>
    public static IReadOnlyList<MethodVerdict> Judge(MinuteCounts minutes, IReadOnlyList<BudgetingMethod> methods, SloWindow window, ObjectiveTarget target) =>
        [.. methods.Select(method =>
        {
            var past = PastWindows.Of(method.Count(minutes), window);
            var last = past.Last();
            return new MethodVerdict(method, window, past.Judge(target), last, last?.BudgetLeft(target));
        })];

    /// <summary>The stretches of a window that the methods charge most differently, the widest apart first.</summary>
    /// <param name="minutes">The history.</param>
    /// <param name="methods">At least two.</param>
    /// <param name="within">The window in question.</param>
    /// <param name="target">Decides what a budget is.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<MethodDifference> Differences(
        MinuteCounts minutes, IReadOnlyList<BudgetingMethod> methods, Interval within, ObjectiveTarget target, int most)
    {
        var counted = methods.Select(m => m.Count(minutes)).ToArray();
        var budgets = counted.Select(c => target.AllowedFailures(c.In(within).Total)).ToArray();
        if (budgets.Any(b => b <= 0))
        {
            return [];
        }

        var noticeable = Math.Max(Noticeable, StandsOut * Hours(within).Average(hour => Spread(counted, budgets, hour)));
        return [.. Stretches(within, when => Spread(counted, budgets, when) > noticeable)
            .Select(when => new MethodDifference(when, minutes.In(when), Spent(counted, budgets, when)))
            .OrderByDescending(d => d.Spread)
            .Take(most)];
    }

    private static IEnumerable<Interval> Hours(Interval within)
    {
        for (var start = within.Start; start < within.End; start += Step)
        {
            yield return new Interval(start, start + Step < within.End ? start + Step : within.End);
        }
    }

    private static double Spread(MinuteCounts[] counted, double[] budgets, Interval when)
    {
        var spent = Spent(counted, budgets, when);
        return spent.Max() - spent.Min();
    }

    private static double[] Spent(MinuteCounts[] counted, double[] budgets, Interval when) => [.. counted.Select((c, i) => c.In(when).Bad / budgets[i])];

    /// <summary>Runs of hours that the methods charge differently; an hour holds whole slices of every length.</summary>
    private static IEnumerable<Interval> Stretches(Interval within, Func<Interval, bool> differs)
    {
        Interval? run = null;
        foreach (var piece in Hours(within))
        {
            if (!differs(piece))
            {
                continue;
            }

            if (run is { } far && piece.Start > far.End)
            {
                yield return far;
                run = null;
            }

            run = new Interval(run?.Start ?? piece.Start, piece.End);
        }

        if (run is { } last)
        {
            yield return last;
        }
    }
}
