using SloPortal.Domain.Common;

namespace SloPortal.Domain.Objectives.Methods;

/// <summary>Turns minutes into slices that count alike.</summary>
internal static class Slices
{
    /// <summary>
    /// A history in which each slice with events has a total of one and a good part of 0 to 1, both in its first minute. A slice
    /// without events is no data and counts neither way. Slices begin on whole hours of UTC and every <paramref name="length"/> after.
    /// </summary>
    /// <param name="minutes">Should begin on a whole hour; what comes before the first whole slice forms a shorter one.</param>
    /// <param name="length">Of a slice.</param>
    /// <param name="good">The good part of a slice with events.</param>
    public static MinuteCounts Of(MinuteCounts minutes, SliceLength length, Func<EventCounts, double> good)
    {
        var slices = new List<CountBucket>();
        var start = 0;
        while (start < minutes.Minutes)
        {
            var first = minutes.Start.AddMinutes(start);
            var end = Math.Min(minutes.Minutes, start + length.Minutes - (first.Minute % length.Minutes));
            var slice = minutes.In(start, end);
            if (slice.HasData)
            {
                slices.Add(new CountBucket(first, new EventCounts(good(slice), 1)));
            }

            start = end;
        }

        return MinuteCounts.FromBuckets(minutes.Covered, slices);
    }
}
