using System.Globalization;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Objectives;

/// <summary>What a target would have meant over the history that there is.</summary>
/// <param name="History">The stretch that the counts cover.</param>
/// <param name="Windows">Every past window with data, by its end. Rolling windows overlap.</param>
/// <param name="WindowsWithoutData">Windows in which no event was seen; they count neither way.</param>
/// <param name="Independent">How many windows fit into the history side by side: the honest sample size.</param>
/// <param name="Held">The strictest target held in 90, 95 and 99 % of the windows; empty without windows.</param>
/// <param name="Shortage">A sentence when the history is too short to replay even one window; otherwise null.</param>
public sealed record ReplayResult(
    Interval History,
    IReadOnlyList<ReplayWindow> Windows,
    int WindowsWithoutData,
    int Independent,
    IReadOnlyList<HeldTarget> Held,
    string? Shortage)
{
    /// <summary>Windows that would have met the target.</summary>
    public int Met { get; } = Windows.Count(window => window.Met);

    /// <summary>0 to 1; null when no window could be replayed.</summary>
    public double? MetShare => Windows.Count > 0 ? (double)Met / Windows.Count : null;

    public ReplayWindow? Worst { get; } = Windows.MinBy(window => window.Attained);

    public ReplayWindow? Best { get; } = Windows.MaxBy(window => window.Attained);

    /// <summary>The result in one or two sentences, with the sample size.</summary>
    public string Sentence => Shortage ?? string.Create(
        CultureInfo.InvariantCulture,
        $"{Met:N0} of {Windows.Count:N0} past windows would have met the target ({ShareText}). {SampleText}");

    private string ShareText => Met == Windows.Count ? "100 %" : PercentText.Left((double)Met / Windows.Count);

    private string SampleText => Independent == 1
        ? "The history holds one full window, so this is little evidence."
        : string.Create(CultureInfo.InvariantCulture, $"The history holds {Independent:N0} windows that do not overlap.");
}
