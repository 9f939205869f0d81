using SloPortal.Domain.Measurement.Deciding;

namespace SloPortal.Application.Measurement.Deciding;

/// <summary>What counts, in words.</summary>
public static class CountingText
{
    /// <param name="names">Of the other measurements, in the order of the rule.</param>
    public static string Of(MergeRule merge, IReadOnlyList<string> names) => merge switch
    {
        MergeRule.Primary => "The SLI itself counts, whatever others say.",
        MergeRule.Other => $"{names[0]} counts in its place.",
        MergeRule.WorstOf => $"In each minute the worst of it and {And(names)} counts; where only some have data, the worst of those.",
        MergeRule.Median => $"In each minute the middle good share of it and {And(names)} counts, over its own events; where only some have data, the middle of those.",
        _ => throw new ArgumentOutOfRangeException(nameof(merge), merge, null),
    };

    public static string Of(NoDataRule noData, int badAfterMinutes) => noData switch
    {
        NoDataRule.CountsAsNothing => "Minutes without data count neither way and are shown as gaps.",
        NoDataRule.CountsAsBad => $"After {badAfterMinutes} minutes without data, the events that are usual at that hour of the week count as failed.",
        NoDataRule.Undetermined => "Minutes without data count neither way, and leave the verdict open where they could have changed it.",
        _ => throw new ArgumentOutOfRangeException(nameof(noData), noData, null),
    };

    private static string And(IReadOnlyList<string> names) => names.Count == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";
}
