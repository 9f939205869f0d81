using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Domain.Incidents.Detection.Watching;

/// <summary>
/// A burn that no page tells: bad events of the last 6 or 24 hours against the objective's own four weeks before, more than chance brings, and faster than the budget
/// lasts. Stretches in which a page fired are no part of what is usual.
/// </summary>
public static class SlowBurn
{
    /// <summary>The last stretches, shortest first; each is held against those of its own length.</summary>
    public static IReadOnlyList<int> Lengths { get; } = [1, 4];

    /// <summary>Stretches of 6 hours that are read: four weeks before the longest that is looked at.</summary>
    public const int Stretches = 4 * 28 + 4;

    /// <summary>Of one stretch, so that one failed request at night is nothing, as in alert rules.</summary>
    private const double LeastEvents = AlertRule.DefaultMinimumEvents;

    /// <summary>Half an event: what never failed so far can fail.</summary>
    private static readonly CountedStretch Prior = new(0.5, 0);

    /// <param name="counts">Stretches of 6 hours, oldest first, <see cref="Stretches"/> of them; the last ends at <paramref name="end"/>.</param>
    /// <param name="paged">In which of them a page fired.</param>
    /// <returns>The less likely of what was found; null where all is as usual, paged, or slower than the budget lasts.</returns>
    public static WatchFinding? Look(IReadOnlyList<EventCounts> counts, IReadOnlyList<bool> paged, ObjectiveTarget target, DateTimeOffset end)
    {
        if (counts.Count != Stretches || paged.Count != Stretches)
            throw new ArgumentException($"A look takes {Stretches} stretches.", nameof(counts));
        var limit = FalseAlarms.Limit(FalseAlarms.BurnLooksEvery, Lengths.Count);
        WatchFinding? found = null;
        foreach (var length in Lengths)
        {
            var now = Sum(Stretches - length, length);
            if (Paged(Stretches - length, length) || now.Total < LeastEvents || BurnRate.Of(now, target) is not { } burn || burn <= 1)
                continue;
            var before = Enumerable.Range(1, (Stretches - length) / length).Select(i => Stretches - length - i * length).Where(at => !Paged(at, length))
                .Select(at => Sum(at, length)).Select(c => new CountedStretch(c.Bad, c.Total)).ToList();
            if (UnusualCounts.Judge(before, new(now.Bad, now.Total), Prior) is not { } judged || judged.PValue > limit || judged.PValue >= found?.Judged.PValue)
                continue;
            var window = Interval.EndingAt(end, FalseAlarms.BurnLooksEvery * length);
            found = new(
                $"{WatchFinding.Figure(judged.Observed)} bad events in {WatchFinding.Window(window)}, where about {WatchFinding.Figure(judged.Expected)} are usual: the budget burns {WatchFinding.Times(burn)} times as fast as it lasts, and no page fired.",
                judged, burn, window.Start, window.End, limit);
        }
        return found;

        EventCounts Sum(int from, int length) => Enumerable.Range(from, length).Aggregate(EventCounts.None, (sum, i) => sum + counts[i]);

        bool Paged(int from, int length) => Enumerable.Range(from, length).Any(i => paged[i]);
    }
}
