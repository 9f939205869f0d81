using System.Globalization;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.Timeline.Clocks;

/// <summary>What a clock is off by, as far as is known.</summary>
/// <param name="OffsetSeconds">What the clock says minus the true time: above zero where it is ahead. Whole microseconds.</param>
/// <param name="UncertaintySeconds">By so much the corrected time may still be wrong, to either side. Whole microseconds.</param>
public sealed record ClockOffset(decimal OffsetSeconds, decimal UncertaintySeconds)
{
    /// <summary>The furthest that a clock is off. What is more is another day, which is a correction of the entry. Product policy.</summary>
    public const decimal MostSeconds = 86_400;

    public static ClockOffset None { get; } = new(0, 0);

    public TimeSpan Uncertainty => Exact(UncertaintySeconds);

    /// <param name="said">By the clock.</param>
    /// <returns>When it truly was; at the ends of time as near as there is one.</returns>
    public DateTimeOffset Correct(DateTimeOffset said)
    {
        var ticks = said.UtcTicks - Exact(OffsetSeconds).Ticks;
        return new(Math.Clamp(ticks, DateTimeOffset.MinValue.UtcTicks, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);
    }

    public Refusal? WhyNot()
    {
        if (Math.Abs(OffsetSeconds) > MostSeconds || !IsWhole(OffsetSeconds))
            return Refusal.Invalid(nameof(OffsetSeconds), "An offset is at most a day (86,400 seconds) to either side, in whole microseconds. Correct the entries themselves where their day is wrong.");
        if (UncertaintySeconds < 0 || UncertaintySeconds > MostSeconds || !IsWhole(UncertaintySeconds))
            return Refusal.Invalid(nameof(UncertaintySeconds), "An uncertainty is between 0 and 86,400 seconds, in whole microseconds.");
        return null;
    }

    /// <summary>"12 s ahead, ± 2 s", "as it says".</summary>
    public override string ToString() => (Direction(OffsetSeconds) ?? "as it says") + (UncertaintySeconds == 0 ? "" : $", ± {Seconds(UncertaintySeconds)}");

    /// <summary>"12 s ahead"; null where the clock is right.</summary>
    public static string? Direction(decimal offsetSeconds) => offsetSeconds == 0 ? null : $"{Seconds(Math.Abs(offsetSeconds))} {(offsetSeconds > 0 ? "ahead" : "behind")}";

    /// <summary>"12.5 s", as exactly as it was given.</summary>
    public static string Seconds(decimal seconds) => seconds.ToString("#,0.######", CultureInfo.InvariantCulture) + " s";

    private static bool IsWhole(decimal seconds) => decimal.Truncate(seconds * 1_000_000) == seconds * 1_000_000;

    // In decimals: a double does not hold a day to the microsecond without rounding.
    private static TimeSpan Exact(decimal seconds) => new((long)(seconds * TimeSpan.TicksPerSecond));
}
