using System.Globalization;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Objectives;

/// <summary>The last 7, 28, 30 or 90 times 24 hours.</summary>
public sealed record RollingWindow : SloWindow
{
    /// <exception cref="ArgumentException">See <see cref="RefusalFor"/>.</exception>
    public RollingWindow(int days)
    {
        if (RefusalFor(days) is { } refusal)
        {
            throw new ArgumentException(refusal, nameof(days));
        }

        Days = days;
    }

    /// <summary>The lengths on offer, in days. 28 days hold every weekday equally often.</summary>
    public static IReadOnlyList<int> Lengths { get; } = [7, 28, 30, 90];

    public int Days { get; }

    public override int LongestDays => Days;

    public override string Phrase => string.Create(CultureInfo.InvariantCulture, $"{Days} days, rolling");

    public static string? RefusalFor(int days) =>
        Lengths.Contains(days) ? null : "A rolling window is 7, 28, 30 or 90 days long.";

    public override Interval At(DateTimeOffset t) => Interval.EndingAt(t, TimeSpan.FromDays(Days));

    public override Interval FullPeriodAt(DateTimeOffset t) => At(t);

    /// <summary>"rolling 30d".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"rolling {Days}d");
}
