using SloPortal.Domain.Common;

namespace SloPortal.Domain.Objectives;

/// <summary>
/// The stretch of time over which an objective is judged: a <see cref="RollingWindow"/> or a <see cref="CalendarWindow"/>.
/// </summary>
public abstract record SloWindow
{
    // Closed: the two kinds are all there are.
    private protected SloWindow()
    {
    }

    /// <summary>The window that ends at <paramref name="t"/> (exclusive): what has been seen so far.</summary>
    public abstract Interval At(DateTimeOffset t);

    /// <summary>
    /// The whole period that the budget at <paramref name="t"/> is for: the rolling window itself, or the calendar period
    /// that contains <paramref name="t"/>, up to its end.
    /// </summary>
    public abstract Interval FullPeriodAt(DateTimeOffset t);

    /// <summary>How many days it takes at the longest.</summary>
    public abstract int LongestDays { get; }

    /// <summary>For a person: "30 days, rolling".</summary>
    public abstract string Phrase { get; }

    /// <summary>Length of <see cref="FullPeriodAt"/>. A calendar month is not 30 days, and a day of a clock change is not 24 hours.</summary>
    public TimeSpan PeriodAt(DateTimeOffset t) => FullPeriodAt(t).Length;

    /// <summary>Elapsed share of the period at <paramref name="t"/>, 0 to 1; a rolling window has always elapsed in full.</summary>
    public double ElapsedShareAt(DateTimeOffset t) => At(t).Length / FullPeriodAt(t).Length;

    /// <summary>Reads the form that <see cref="object.ToString"/> prints: "rolling 30d", "calendar month Europe/Berlin".</summary>
    /// <exception cref="FormatException">The text is not a window; the message is a sentence.</exception>
    public static SloWindow Parse(string text) =>
        TryParse(text, out var window, out var refusal) ? window! : throw new FormatException(refusal);

    /// <summary>As <see cref="Parse"/>, with the refusal as a sentence for the person who typed it.</summary>
    public static bool TryParse(string? text, out SloWindow? window, out string? refusal)
    {
        (window, refusal) = SloWindowText.Read(text);
        return window is not null;
    }
}
