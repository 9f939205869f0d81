namespace SloPortal.Domain.Common;

/// <summary>
/// Running sums over ordered buckets, so that the counts of any window cost two look-ups whatever its length.
/// A bucket belongs to the window that contains its start.
/// </summary>
public sealed class RunningCounts
{
    private readonly long[] starts;
    private readonly EventCounts[] sums;

    private RunningCounts(long[] starts, EventCounts[] sums)
    {
        this.starts = starts;
        this.sums = sums;
    }

    public bool IsEmpty => starts.Length == 0;

    /// <summary>Start of the first bucket; null when there is none.</summary>
    public DateTimeOffset? FirstStart => IsEmpty ? null : new DateTimeOffset(starts[0], TimeSpan.Zero);

    /// <summary>Start of the last bucket; null when there is none.</summary>
    public DateTimeOffset? LastStart => IsEmpty ? null : new DateTimeOffset(starts[^1], TimeSpan.Zero);

    /// <summary>From buckets that each hold what happened in them. One pass.</summary>
    /// <exception cref="ArgumentException">The buckets are not in strictly ascending order.</exception>
    public static RunningCounts FromBuckets(IReadOnlyList<CountBucket> buckets) => Build(buckets, accumulate: true);

    /// <summary>
    /// From rows that already hold running sums (all events up to and including the row's bucket), such as
    /// <c>sli_minutes</c>. Rows may be sparse: only those around the boundaries that will be asked for are needed.
    /// What came before the first row is not known, so windows must not start before it.
    /// </summary>
    /// <exception cref="ArgumentException">The rows are not in strictly ascending order.</exception>
    public static RunningCounts FromSums(IReadOnlyList<CountBucket> rows) => Build(rows, accumulate: false);

    /// <summary>Events of all buckets whose start is before <paramref name="instant"/>.</summary>
    public EventCounts Before(DateTimeOffset instant)
    {
        var index = Array.BinarySearch(starts, instant.UtcTicks);
        index = index < 0 ? ~index : index;
        return index == 0 ? EventCounts.None : sums[index - 1];
    }

    /// <summary>Events of the buckets that start within <paramref name="window"/>.</summary>
    public EventCounts In(Interval window) => Before(window.End) - Before(window.Start);

    private static RunningCounts Build(IReadOnlyList<CountBucket> buckets, bool accumulate)
    {
        var starts = new long[buckets.Count];
        var sums = new EventCounts[buckets.Count];
        var sum = EventCounts.None;
        for (var i = 0; i < buckets.Count; i++)
        {
            starts[i] = buckets[i].Start.UtcTicks;
            if (i > 0 && starts[i] <= starts[i - 1])
            {
                throw new ArgumentException($"Bucket {buckets[i].Start:O} is not after the one before it.", nameof(buckets));
            }

            sum = accumulate ? sum + buckets[i].Counts : buckets[i].Counts;
            sums[i] = sum;
        }

        return new RunningCounts(starts, sums);
    }
}
