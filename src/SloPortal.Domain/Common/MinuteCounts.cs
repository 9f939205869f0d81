namespace SloPortal.Domain.Common;

/// <summary>
/// What was counted in each minute of a stretch, as running sums without gaps: the counts of any window are two look-ups by index.
/// A minute in which nothing was counted has a total of zero.
/// </summary>
public sealed class MinuteCounts
{
    // Sums before each minute; one more than there are minutes, so that the last is the sum of all.
    private readonly double[] good;
    private readonly double[] total;

    private MinuteCounts(DateTimeOffset start, double[] good, double[] total)
    {
        Start = start;
        this.good = good;
        this.total = total;
    }

    public DateTimeOffset Start { get; }

    public int Minutes => total.Length - 1;

    public Interval Covered => new(Start, Start.AddMinutes(Minutes));

    /// <summary>From running sums that rows hold: all events of the row's minute and of all before it.</summary>
    /// <param name="covered">On whole minutes. Rows outside it are not allowed.</param>
    /// <param name="before">The sums before the first row, which rows of a history that was cut begin with.</param>
    /// <param name="minutes">Of the rows, counted from the start of <paramref name="covered"/>, ascending.</param>
    /// <param name="goodSums">Of each row.</param>
    /// <param name="totalSums">Of each row.</param>
    public static MinuteCounts FromSums(Interval covered, EventCounts before, ReadOnlySpan<int> minutes, ReadOnlySpan<double> goodSums, ReadOnlySpan<double> totalSums)
    {
        var count = (int)covered.Minutes;
        var (good, total) = (new double[count + 1], new double[count + 1]);
        var (next, goodSoFar, totalSoFar) = (0, 0d, 0d);
        for (var minute = 0; minute < count; minute++)
        {
            if (next < minutes.Length && minutes[next] == minute)
            {
                (goodSoFar, totalSoFar) = (goodSums[next] - before.Good, totalSums[next] - before.Total);
                next++;
            }

            (good[minute + 1], total[minute + 1]) = (goodSoFar, totalSoFar);
        }

        return next == minutes.Length
            ? new MinuteCounts(covered.Start, good, total)
            : throw new ArgumentException($"Minute {minutes[next]} is not in order or not among the {count} minutes.", nameof(minutes));
    }

    /// <summary>From what happened in each minute, ascending; for tests and for histories that are not stored.</summary>
    public static MinuteCounts FromBuckets(Interval covered, IReadOnlyList<CountBucket> buckets)
    {
        var minutes = new int[buckets.Count];
        var (good, total) = (new double[buckets.Count], new double[buckets.Count]);
        var sum = EventCounts.None;
        for (var i = 0; i < buckets.Count; i++)
        {
            sum += buckets[i].Counts;
            (minutes[i], good[i], total[i]) = ((int)(buckets[i].Start - covered.Start).TotalMinutes, sum.Good, sum.Total);
        }

        return FromSums(covered, EventCounts.None, minutes, good, total);
    }

    /// <summary>The same with nothing counted in some of the minutes.</summary>
    /// <param name="leftOut">One for each minute that is covered; true leaves it out.</param>
    public MinuteCounts Without(ReadOnlySpan<bool> leftOut)
    {
        if (leftOut.Length != Minutes)
            throw new ArgumentException($"{leftOut.Length} is not the number of minutes, {Minutes}.", nameof(leftOut));
        var (left, sums) = (EventCounts.None, new MinuteCounts(Start, new double[good.Length], new double[total.Length]));
        for (var minute = 0; minute < Minutes; minute++)
        {
            left += leftOut[minute] ? EventCounts.None : In(minute, minute + 1);
            (sums.good[minute + 1], sums.total[minute + 1]) = (left.Good, left.Total);
        }

        return sums;
    }

    /// <summary>The same for another stretch, on whole minutes; what lies outside of what is covered is nothing.</summary>
    public MinuteCounts Over(Interval covered)
    {
        var offset = (int)(covered.Start - Start).TotalMinutes;
        var begin = Math.Clamp(offset, 0, Minutes);
        var sums = new MinuteCounts(covered.Start, new double[(int)covered.Minutes + 1], new double[(int)covered.Minutes + 1]);
        for (var minute = 1; minute < sums.total.Length; minute++)
        {
            var counts = In(begin, Math.Clamp(minute + offset, begin, Minutes));
            (sums.good[minute], sums.total[minute]) = (counts.Good, counts.Total);
        }

        return sums;
    }

    /// <summary>Events from minute <paramref name="first"/> to before <paramref name="end"/>, both counted from the start.</summary>
    public EventCounts In(int first, int end) => new(good[end] - good[first], total[end] - total[first]);

    /// <summary>Events of the minutes that start within <paramref name="window"/>, as far as they are covered.</summary>
    public EventCounts In(Interval window) => In(IndexOf(window.Start), IndexOf(window.End));

    /// <summary>The first minute that does not start before <paramref name="instant"/>, within 0 and <see cref="Minutes"/>.</summary>
    public int IndexOf(DateTimeOffset instant) => (int)Math.Clamp(Math.Ceiling((instant - Start).TotalMinutes), 0, Minutes);
}
