using SloPortal.Domain.Common;

namespace SloPortal.Domain.Objectives.Evidence;

/// <summary>A stretch of minutes in each of which at least half of the events failed.</summary>
/// <param name="When">From the first such minute to the end of the last.</param>
/// <param name="Counts">What was counted in it.</param>
public sealed record Outage(Interval When, EventCounts Counts)
{
    /// <summary>From this share of failed events on, a minute counts as an outage. Product policy.</summary>
    public const double FailedShare = 0.5;

    /// <summary>The longest of a history; null when no minute was that bad. Minutes without events neither belong to an outage nor end one.</summary>
    public static Outage? Longest(MinuteCounts counts)
    {
        var (start, lastBad, from, to) = (-1, -1, 0, -1);
        for (var minute = 0; minute < counts.Minutes; minute++)
        {
            if (counts.In(minute, minute + 1).ErrorRatio is not { } failed)
            {
                continue;
            }

            if (failed < FailedShare)
            {
                start = -1;
                continue;
            }

            start = start < 0 ? minute : start;
            lastBad = minute;
            if (to < 0 || lastBad + 1 - start > to - from)
            {
                (from, to) = (start, lastBad + 1);
            }
        }

        return to < 0 ? null : new Outage(new Interval(counts.Start.AddMinutes(from), counts.Start.AddMinutes(to)), counts.In(from, to));
    }
}
