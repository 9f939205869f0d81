using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Domain.Incidents.Detection.Watching;

/// <summary>What a segment counted, day by day.</summary>
/// <param name="Name">As the split has it: "eu-west".</param>
/// <param name="Days">Stretches of 24 hours, oldest first; the last is the one in question.</param>
public sealed record SegmentDays(int SegmentId, string Name, IReadOnlyList<EventCounts> Days);

/// <summary>
/// Segments that do worse than the others, and than they usually do beside them. What a segment is held against are the bad events that it would have had at the others' rate on
/// the same day: a bad day of all is nobody's own, and a segment that is always worse is so by more than usual before it is found.
/// </summary>
public static class OutlyingSegments
{
    public const int Days = 29;

    private const double LeastEvents = AlertRule.DefaultMinimumEvents;

    /// <summary>One event at the rate of the others: until more is known, a segment is as they are.</summary>
    private static readonly CountedStretch Prior = new(1, 1);

    /// <summary>Half a bad event among the others: that they had none does not make one of the segment impossible.</summary>
    private const double LeastOfOthers = 0.5;

    /// <param name="end">Where the last day ends.</param>
    /// <returns>Those found, the least likely first.</returns>
    public static IReadOnlyList<(int SegmentId, WatchFinding Finding)> Look(IReadOnlyList<SegmentDays> segments, ObjectiveTarget target, DateTimeOffset end)
    {
        if (segments.Any(s => s.Days.Count != Days))
            throw new ArgumentException($"A look takes {Days} days.", nameof(segments));
        var days = Enumerable.Range(0, Days).Select(d => segments.Aggregate(EventCounts.None, (sum, s) => sum + s.Days[d])).ToArray();
        var seen = segments.Where(s => s.Days[^1].Total >= LeastEvents).ToList();
        if (seen.Count < 2)
            return [];
        var limit = FalseAlarms.Limit(FalseAlarms.BurnLooksEvery, seen.Count);
        var window = Interval.EndingAt(end, TimeSpan.FromDays(1));
        var found = new List<(int, WatchFinding)>();
        foreach (var segment in seen)
        {
            if (BurnRate.Of(segment.Days[^1], target) is not { } burn || burn <= 1)
                continue;
            var stretches = segment.Days.Select((own, day) => Beside(own, days[day] - own)).ToList();
            if (UnusualCounts.Judge(stretches[..^1], stretches[^1], Prior) is not { } judged || judged.PValue > limit)
                continue;
            found.Add((segment.SegmentId, new(
                $"{WatchFinding.Figure(judged.Observed)} bad events of {segment.Name} in 24 h, where about {WatchFinding.Figure(judged.Expected)} are usual beside the {seen.Count - 1} other{(seen.Count == 2 ? "" : "s")}: it alone burns the budget {WatchFinding.Times(burn)} times as fast as it lasts.",
                judged, burn, window.Start, window.End, limit)));
        }
        return [.. found.OrderBy(f => f.Item2.Judged.PValue)];
    }

    private static CountedStretch Beside(EventCounts own, EventCounts others) =>
        own.Total > 0 && others.Total > 0 ? new(own.Bad, own.Total * Math.Max(others.Bad, LeastOfOthers) / others.Total) : default;
}
