using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest.Series;

/// <summary>What a series adds to an SLI.</summary>
/// <param name="SliId">The SLI.</param>
/// <param name="Good">How an increase counts for the good events: 1, 0, or −1 for bad events of a definition by bad ones.</param>
/// <param name="Total">How an increase counts for all events: 1 or 0.</param>
/// <param name="Gauge">The threshold, for a gauge; then each sample is one event and increases mean nothing.</param>
internal sealed record SliLink(int SliId, int Good, int Total, GaugeThreshold? Gauge)
{
    /// <summary>Where the same is counted apart, for an SLI that is split.</summary>
    public Segment? Segment { get; init; }

    /// <summary>The link of a series with these roles; null when it has none.</summary>
    public static SliLink? Of(int sliId, SliDefinition definition, SeriesRole roles)
    {
        if (roles == SeriesRole.None)
        {
            return null;
        }

        var total = roles.HasFlag(SeriesRole.Total) ? 1 : 0;

        // By bad events: good = total − bad, so each total is a good one until a bad one takes it back.
        var good = definition is CounterRatio { Bad: not null }
            ? total - (roles.HasFlag(SeriesRole.Bad) ? 1 : 0)
            : roles.HasFlag(SeriesRole.Good) ? 1 : 0;
        return new SliLink(sliId, good, total, roles.HasFlag(SeriesRole.Gauge) ? (GaugeThreshold)definition : null);
    }

    /// <summary>Counts an accepted sample and the increases that follow from it.</summary>
    public static void Count(
        SliLink[] links, long time, double value, ReadOnlySpan<MinuteIncrease> increases, IngestGroup group)
    {
        foreach (var link in links)
        {
            if (link.Gauge is { } gauge)
            {
                link.Add(UnixMinute.Of(time), gauge.Operator.Holds(value, gauge.Threshold) ? 1 : 0, 1, group);
                continue;
            }

            foreach (var (minute, amount) in increases)
            {
                link.Add(minute, link.Good * amount, link.Total * amount, group);
            }
        }
    }

    /// <summary>To the SLI and to its segment alike, so that the segments together are always the SLI.</summary>
    public void Add(int minute, double good, double total, IngestGroup group)
    {
        group.Minutes.Add(SliId, minute, good, total);
        if (Segment is not null)
        {
            group.Minutes.Add(Segment.NumberIn(group), minute, good, total);
        }
    }
}
