namespace SloPortal.Domain.Measurement;

/// <summary>Events of an interval of whole minutes, from its start up to its end.</summary>
/// <param name="Start">A whole minute.</param>
/// <param name="End">A whole minute; not in the interval.</param>
/// <param name="Good">Good events.</param>
/// <param name="Total">All events.</param>
public sealed record PushedInterval(DateTimeOffset Start, DateTimeOffset End, double Good, double Total)
{
    /// <summary>How many minutes it covers.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Minutes => (int)(End - Start).TotalMinutes;
}

/// <summary>Which intervals are refused.</summary>
/// <param name="Earliest">The oldest start that is kept.</param>
/// <param name="Latest">The last end that is taken: a sender's clock may run ahead as far as that of remote write.</param>
public readonly record struct PushRules(DateTimeOffset Earliest, DateTimeOffset Latest)
{
    /// <summary>The longest interval.</summary>
    public static readonly TimeSpan MaxLength = TimeSpan.FromHours(1);

    /// <summary>The rules at an instant.</summary>
    public static PushRules At(DateTimeOffset now, TimeSpan retention) => new(now - retention, now + SampleRules.MaxAhead);

    /// <summary>Why the interval is refused, in a sentence; null when it is taken.</summary>
    public string? Problem(PushedInterval interval)
    {
        ArgumentNullException.ThrowIfNull(interval);
        return interval switch
        {
            _ when !IsWholeMinute(interval.Start) || !IsWholeMinute(interval.End) => "Start and end must be whole minutes, since counts are kept by minute.",
            _ when interval.End <= interval.Start => "The end must be after the start.",
            _ when interval.End - interval.Start > MaxLength => "An interval is at most one hour long; send shorter ones.",
            _ when !double.IsFinite(interval.Good) || !double.IsFinite(interval.Total) => "Good and total must be finite numbers.",
            _ when interval.Good < 0 || interval.Total < 0 => "Good and total must not be negative.",
            _ when interval.Good > interval.Total => "Good must not be more than total.",
            _ when interval.Total > 1L << 53 => "The total is too large to be counted exactly.",
            _ when interval.Start < Earliest => "The interval is older than what the portal keeps.",
            _ when interval.End > Latest => "The interval is in the future; check the clock of the sender.",
            _ => null,
        };
    }

    private static bool IsWholeMinute(DateTimeOffset instant) => instant.UtcTicks % TimeSpan.TicksPerMinute == 0;
}
