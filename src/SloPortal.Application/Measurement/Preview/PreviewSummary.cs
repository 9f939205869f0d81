using SloPortal.Application.Measurement.Ingest;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Preview;

/// <summary>Turns what was folded into what a person looks at.</summary>
internal static class PreviewSummary
{
    private const int ShownSeries = 20;

    // A counter falls when its process restarts; one that falls every tenth time is no counter.
    private const double GaugeLikeFalls = 0.1;

    public static PreviewedCounts Of(HistoryFold fold, SliDefinition definition, Interval interval)
    {
        var minutes = fold.Minutes.InOrder().Where(m => interval.Contains(UnixMinute.Start(m.Minute))).ToArray();
        var counts = new EventCounts(minutes.Sum(m => m.Good), minutes.Sum(m => m.Total));
        return new PreviewedCounts(
            interval.Start,
            interval.End,
            fold.Series.Count,
            [.. fold.Series.Select(s => new MatchedSeries(s.Labels.ToString(), PreviewedCounts.RolesText(s.Roles))).OrderBy(s => s.Series, StringComparer.Ordinal).Take(ShownSeries)],
            fold.Series.Sum(s => s.Samples),
            Steps(minutes, interval),
            counts.Good,
            counts.Total,
            counts.Ratio,
            [.. Warnings(fold, definition, counts)]);
    }

    private static List<PreviewStep> Steps(MinuteDelta[] minutes, Interval interval)
    {
        var byStep = minutes.ToLookup(m => (UnixMinute.Start(m.Minute) - interval.Start).Ticks / PreviewedCounts.Step.Ticks);
        var steps = new List<PreviewStep>();
        for (var i = 0; interval.Start + (i * PreviewedCounts.Step) < interval.End; i++)
        {
            var within = byStep[i].ToArray();
            steps.Add(new PreviewStep(
                interval.Start + (i * PreviewedCounts.Step), within.Length == 0 ? null : within.Sum(m => m.Good), within.Length == 0 ? null : within.Sum(m => m.Total)));
        }
        return steps;
    }

    private static IEnumerable<string> Warnings(HistoryFold fold, SliDefinition definition, EventCounts counts)
    {
        if (fold.Series.Count == 0)
        {
            yield return "No series matches. Check the source, the metric name and the conditions.";
            yield break;
        }
        foreach (var (role, name) in RolesOf(definition))
        {
            if (!fold.Series.Any(s => s.Roles.HasFlag(role)))
                yield return Missing(role, name);
        }
        var counters = fold.Series.Where(s => s.IsCounter).ToArray();
        if (counters.Length > 0 && counters.All(s => s.Samples <= 1 && !s.IsDelta))
            yield return "Each series has one sample so far, and an increase needs two. Look again after the next scrape.";
        else if (counters.Length > 0 && !counters.Any(s => s.Moved))
            yield return "No counter moved in this time, so there were no events to judge.";
        if (counters.FirstOrDefault(s => s.Falls > 2 && s.Falls > s.Samples * GaugeLikeFalls) is { } falling)
            yield return $"{falling.Labels} falls again and again, so it may be a gauge; each fall is counted as a restart of a counter.";
        if (counts.Good > counts.Total * 1.001)
            yield return "More events are good than there are events at all. The selector of good events takes series that the one of all events does not.";
        if (counts.Good < 0)
            yield return "More events are bad than there are events at all. The selector of bad events takes series that the one of all events does not.";
    }

    private static IEnumerable<(SeriesRole Role, string Name)> RolesOf(SliDefinition definition) => definition switch
    {
        CounterRatio { Good: not null } => [(SeriesRole.Good, "good"), (SeriesRole.Total, "all")],
        CounterRatio => [(SeriesRole.Bad, "bad"), (SeriesRole.Total, "all")],
        HistogramThreshold => [(SeriesRole.Good, "good"), (SeriesRole.Total, "all")],
        GaugeThreshold or PushedRatio or Composite => [],
        _ => throw new ArgumentOutOfRangeException(nameof(definition), definition, null),
    };

    private static string Missing(SeriesRole role, string name) => role switch
    {
        // Usual while nothing fails: many programs make the series of an error with the first error.
        SeriesRole.Bad => "No series counts bad events yet. That is usual while nothing fails; check the condition if something did.",
        _ => $"No series counts {name} events, so nothing can be judged yet.",
    };
}
