namespace SloPortal.Domain.Common;

/// <summary>Counts of one minute, hour or day. A bucket without events may be left out.</summary>
/// <param name="Start">First instant of the bucket.</param>
/// <param name="Counts">Either what happened in the bucket or a running sum up to and including it; the reader says which.</param>
public readonly record struct CountBucket(DateTimeOffset Start, EventCounts Counts);
