using SloPortal.Domain.Common;

namespace SloPortal.Domain.Measurement.Segments;

/// <summary>How one segment stands among the others in a window.</summary>
/// <param name="SegmentId">The segment.</param>
/// <param name="Counts">Its events.</param>
/// <param name="Burn">Its share of bad events ÷ the share that the target allows; null without events or without a target.</param>
/// <param name="ShareOfBad">Which part of all bad events was its own, 0 to 1: the part of the burned budget that it took. Null where none was bad.</param>
/// <param name="ShareOfEvents">Which part of all events was its own, 0 to 1; null without any.</param>
public sealed record SegmentStanding(int SegmentId, EventCounts Counts, double? Burn, double? ShareOfBad, double? ShareOfEvents)
{
    /// <summary>
    /// The segments, those first that took the most of the budget; where two took the same, the one that burns faster, then the one with more
    /// events. A segment without events comes last.
    /// </summary>
    /// <param name="segments">Each with its events.</param>
    /// <param name="allowedBad">The share of bad events that the target allows, above 0; null where there is no target.</param>
    public static IReadOnlyList<SegmentStanding> Rank(IReadOnlyCollection<(int SegmentId, EventCounts Counts)> segments, double? allowedBad)
    {
        var (bad, total) = (segments.Sum(s => s.Counts.Bad), segments.Sum(s => s.Counts.Total));
        return
        [
            .. segments.Select(s => new SegmentStanding(
                    s.SegmentId, s.Counts, s.Counts.ErrorRatio / allowedBad, bad > 0 ? s.Counts.Bad / bad : null, total > 0 ? s.Counts.Total / total : null))
                .OrderByDescending(s => s.Counts.Bad).ThenByDescending(s => s.Counts.ErrorRatio).ThenByDescending(s => s.Counts.Total).ThenBy(s => s.SegmentId),
        ];
    }
}
