namespace SloPortal.Domain.Common;

/// <summary>A half-open stretch of time [Start, End), in UTC. An empty one (Start = End) contains no instant.</summary>
public readonly record struct Interval
{
    /// <exception cref="ArgumentException">The end is before the start.</exception>
    public Interval(DateTimeOffset start, DateTimeOffset end)
    {
        if (end < start)
        {
            throw new ArgumentException($"The interval ends at {end:O}, before its start {start:O}.", nameof(end));
        }

        Start = start.ToUniversalTime();
        End = end.ToUniversalTime();
    }

    public DateTimeOffset Start { get; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset End { get; }

    public TimeSpan Length => End - Start;

    public double Minutes => Length.TotalMinutes;

    public bool IsEmpty => Start == End;

    /// <summary>The stretch of the given length that ends at <paramref name="end"/>.</summary>
    public static Interval EndingAt(DateTimeOffset end, TimeSpan length) => new(end - length, end);

    public bool Contains(DateTimeOffset instant) => instant >= Start && instant < End;

    public bool Overlaps(Interval other) => Start < other.End && other.Start < End && !IsEmpty && !other.IsEmpty;

    /// <summary>What both have in common; null where they share no instant.</summary>
    public Interval? Intersect(Interval other)
    {
        var start = Start > other.Start ? Start : other.Start;
        var end = End < other.End ? End : other.End;
        return start < end ? new Interval(start, end) : null;
    }

    public Interval Shift(TimeSpan by) => new(Start + by, End + by);
}
