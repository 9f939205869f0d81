using System.Globalization;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Objectives.Evidence;

/// <summary>What a target would have meant over the history that there is.</summary>
/// <param name="History">The stretch that the counts cover.</param>
/// <param name="Windows">Past windows with data. Rolling windows overlap.</param>
/// <param name="WindowsWithoutData">Windows in which no event was seen; they count neither way.</param>
/// <param name="Independent">How many windows fit into the history side by side: the honest sample size.</param>
/// <param name="Met">Windows that would have met the target.</param>
/// <param name="Held">The strictest target held in 90, 95 and 99 % of the windows; empty without windows.</param>
/// <param name="Worst">Null without windows.</param>
/// <param name="Best">Null without windows.</param>
/// <param name="Shortage">A sentence when the history is too short to replay even one window; otherwise null.</param>
public sealed record ReplayResult(
    Interval History,
    int Windows,
    int WindowsWithoutData,
    int Independent,
    int Met,
    IReadOnlyList<HeldTarget> Held,
    ReplayWindow? Worst,
    ReplayWindow? Best,
    string? Shortage)
{
    /// <summary>0 to 1; null when no window could be replayed.</summary>
    public double? MetShare => Windows > 0 ? (double)Met / Windows : null;

    /// <summary>The result in one or two sentences, with the sample size.</summary>
    public string Sentence => Shortage ?? string.Create(
        CultureInfo.InvariantCulture,
        $"{Met:N0} of {Windows:N0} past windows would have met the target ({ShareText}). {SampleText}");

    private string ShareText => Met == Windows ? "100 %" : PercentText.Left((double)Met / Windows);

    private string SampleText => Independent == 1
        ? "The history holds one full window, so this is little evidence."
        : string.Create(CultureInfo.InvariantCulture, $"The history holds {Independent:N0} windows that do not overlap.");
}
