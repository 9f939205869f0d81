namespace SloPortal.Domain.Measurement;

/// <summary>
/// Spreads a number of events over the minutes of an interval, as evenly as whole events can be: every minute gets the whole quotient, the
/// first ones one event more until the rest is gone, and the next one the fraction that is left, if there is any.
/// </summary>
/// <remarks>
/// Spread so, good events that are at most as many as all events stay at most as many in every minute: with a smaller quotient by at least
/// the one that the rest can add, and with the same quotient because the rest is then no larger.
/// </remarks>
public static class EvenSpread
{
    /// <summary>The events of one minute.</summary>
    /// <param name="events">All of them; finite and not negative.</param>
    /// <param name="minutes">How many minutes there are.</param>
    /// <param name="minute">Which one, from zero.</param>
    public static double Share(double events, int minutes, int minute)
    {
        // Not ThrowIfNegative, for which the zero that JSON can write as -0 is negative.
        ArgumentOutOfRangeException.ThrowIfLessThan(events, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(minutes, 1);
        var whole = Math.Floor(events);
        var each = Math.Floor(whole / minutes);
        var rest = (int)(whole - (each * minutes));
        return minute < rest ? each + 1 : minute == rest ? each + (events - whole) : each;
    }
}
