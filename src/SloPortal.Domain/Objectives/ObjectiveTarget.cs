using System.Globalization;

namespace SloPortal.Domain.Objectives;

/// <summary>
/// The share of events that must be good, in percent and exact: 50 to below 100, at most six decimals. The error budget
/// is what the target leaves: 1 − target.
/// </summary>
public sealed record ObjectiveTarget : IComparable<ObjectiveTarget>
{
    public const decimal LowestPercent = 50m;
    public const int MostDecimals = 6;

    // Dividing by this one with 28 decimals drops trailing zeros, so that 99.90 prints as 99.9.
    private const decimal One = 1.0000000000000000000000000000m;

    // Above this many events the exact product could leave the range of decimal; doubles serve there.
    private const double MostExactEvents = 1e18;

    /// <exception cref="ArgumentException">See <see cref="RefusalFor"/>.</exception>
    public ObjectiveTarget(decimal percent)
    {
        if (RefusalFor(percent) is { } refusal)
        {
            throw new ArgumentException(refusal, nameof(percent));
        }

        Percent = percent / One;
    }

    /// <summary>Percent: 99.95 means 99.95 %.</summary>
    public decimal Percent { get; }

    /// <summary>0 to 1, exact.</summary>
    public decimal Ratio => Percent / 100m;

    /// <summary>Share of events that may fail, 1 − target, exact: 0.0005 for 99.95 %.</summary>
    public decimal AllowedFailureShare => (100m - Percent) / 100m;

    /// <summary>Decimals of the percentage: 2 for 99.95 %.</summary>
    public int Decimals => Percent.Scale;

    /// <summary>Says in a sentence why a percentage cannot be a target; null when it can.</summary>
    public static string? RefusalFor(decimal percent) => percent switch
    {
        >= 100m => "A target of 100 % leaves no error budget: the first failure would break it for the whole window. Choose a target below 100 %.",
        <= 0m => "A target must be above 0 %. Give it in percent, for example 99.9.",
        <= 1m => "Give the target in percent, for example 99.9, not as a share of one.",
        < LowestPercent => "A target below 50 % lets most events fail. Choose 50 % or more.",
        _ when (percent / One).Scale > MostDecimals => "A target has at most six decimals.",
        _ => null,
    };

    /// <summary>Failures that the target allows among <paramref name="total"/> events: (1 − target) × total.</summary>
    public double AllowedFailures(double total) => Math.Abs(total) <= MostExactEvents
        ? (double)((decimal)total * AllowedFailureShare)
        : total * (double)AllowedFailureShare;

    public int CompareTo(ObjectiveTarget? other) => other is null ? 1 : Percent.CompareTo(other.Percent);

    public static bool operator <(ObjectiveTarget left, ObjectiveTarget right) => left.CompareTo(right) < 0;

    public static bool operator >(ObjectiveTarget left, ObjectiveTarget right) => left.CompareTo(right) > 0;

    public static bool operator <=(ObjectiveTarget left, ObjectiveTarget right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ObjectiveTarget left, ObjectiveTarget right) => left.CompareTo(right) >= 0;

    /// <summary>"99.95 %".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Percent} %");
}
