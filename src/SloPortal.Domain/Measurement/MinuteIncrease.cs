namespace SloPortal.Domain.Measurement;

/// <summary>What a counter rose by within a minute. A correction can be negative.</summary>
/// <param name="Minute">The minute, counted from 1970-01-01T00:00Z; see <see cref="UnixMinute"/>.</param>
/// <param name="Amount">The increase, in events.</param>
public readonly record struct MinuteIncrease(int Minute, double Amount);

/// <summary>Minutes since 1970-01-01T00:00Z: a sample at 10:00:00.000 belongs to the minute that starts at 10:00.</summary>
public static class UnixMinute
{
    /// <summary>Milliseconds in a minute.</summary>
    public const long Milliseconds = 60_000;

    /// <summary>The minute of an instant in milliseconds since 1970, which must not be before that.</summary>
    public static int Of(long unixMilliseconds) => checked((int)(unixMilliseconds / Milliseconds));

    /// <summary>The instant at which the minute starts.</summary>
    public static DateTimeOffset Start(int minute) => DateTimeOffset.FromUnixTimeMilliseconds(minute * Milliseconds);
}
