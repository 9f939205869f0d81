using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Domain.Budgets;

/// <summary>
/// Draws the story of an objective from running sums. Each point judges by the version in force at its instant and costs
/// a handful of look-ups, whatever the length of the window.
/// </summary>
public static class StoryCalculator
{
    /// <param name="counts">
    /// Running sums over all buckets from the start of the earliest window on, or only the rows for <see cref="InstantsNeeded"/>.
    /// </param>
    /// <param name="versions">Ordered by the instant from which they are in force.</param>
    /// <param name="range">What is drawn; its end is the last point.</param>
    public static Story Tell(
        RunningCounts counts, IReadOnlyList<ObjectiveTerms> versions, Interval range, StoryResolution resolution)
    {
        var points = new List<StoryPoint>();
        var previous = range.Start;
        foreach (var at in resolution.StepEnds(range.Start, range.End))
        {
            points.Add(PointAt(counts, ObjectiveTerms.InForceAt(versions, at), new Interval(previous, at), resolution.BurnWindow));
            previous = at;
        }

        return new(resolution, points);
    }

    /// <summary>
    /// Every instant whose running sum the story asks for, in order and each once: at most four for a point, so that they
    /// can be fetched in one statement instead of all the minutes between them. For each, the row wanted is the last one
    /// that starts before the instant.
    /// </summary>
    public static IReadOnlyList<DateTimeOffset> InstantsNeeded(
        IReadOnlyList<ObjectiveTerms> versions, Interval range, StoryResolution resolution)
    {
        var instants = new SortedSet<DateTimeOffset> { range.Start };
        foreach (var at in resolution.StepEnds(range.Start, range.End))
        {
            instants.Add(at);
            instants.Add(at - resolution.BurnWindow);
            if (ObjectiveTerms.InForceAt(versions, at) is { } terms)
            {
                instants.Add(terms.Window.At(at).Start);
            }
        }

        return [.. instants];
    }

    private static StoryPoint PointAt(RunningCounts counts, ObjectiveTerms? terms, Interval step, TimeSpan burnWindow)
    {
        var at = step.End;
        var ratio = counts.In(step).Ratio;
        var recent = counts.In(Interval.EndingAt(at, burnWindow));

        // A stretch without events stays empty: the window would still hold old events and draw a line through silence.
        if (terms is null || !recent.HasData)
        {
            return new(at, null, null, null, ratio);
        }

        var budget = ErrorBudget.At(at, counts.In(terms.Window.At(at)), terms.Target, terms.Window);
        return new(at, budget.Attained, budget.LeftShare, BurnRate.Of(recent, terms.Target), ratio);
    }
}
