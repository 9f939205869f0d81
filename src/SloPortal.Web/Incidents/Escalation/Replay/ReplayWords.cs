using System.Globalization;
using SloPortal.Application.Incidents.Escalation.Replay;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Escalation.Replay;

/// <summary>What a replay tells, as people read it.</summary>
internal static class ReplayWords
{
    public static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Days(PagingReplayed replayed) => (replayed.To - replayed.From).TotalDays is var days and > 1.5 ? $"{days:0} days" : "day";

    public static string Signals(PagingReplayed replayed) => replayed.Signals == 1 ? "1 signal" : $"{Count(replayed.Signals)} signals";

    public static string Sentence(PagingReplayed replayed) => (replayed.Then.Pages - replayed.Now.Pages) switch
    {
        0 => $"As many pages as by the rules in force: {Count(replayed.Then.Pages)}.",
        var more and > 0 => $"{Pages(more)} more: {Count(replayed.Then.Pages)} instead of {Count(replayed.Now.Pages)}.",
        var fewer => $"{Pages(-fewer)} fewer: {Count(replayed.Then.Pages)} instead of {Count(replayed.Now.Pages)}.",
    };

    public static string Missed(PagingReplayed replayed) => replayed.Missed.Count switch
    {
        0 => "No incident would have been missed.",
        1 => $"Nobody would have been called about incident {replayed.Missed[0].Number}.",
        <= 5 => $"Nobody would have been called about incidents {string.Join(", ", replayed.Missed.Select(m => m.Number))}.",
        var many => $"Nobody would have been called about {many} incidents.",
    };

    /// <summary>Whether the rules in force bring about what was sent, which is what the replay can be trusted by.</summary>
    public static string Proof(PagingReplayed replayed, TimeZoneInfo zone)
    {
        var known = replayed.RulesKnownSince is { } since && since > replayed.From ? $" Rules from before {RelativeTime.Moment(since, zone)} are not known; those of then are taken." : "";
        return replayed.Differing == 0
            ? $"Played by the rules in force, it gives exactly the {Pages(replayed.Sent)} that {(replayed.Sent == 1 ? "was" : "were")} sent.{known}"
            : $"Played by the rules in force, {Pages(replayed.Differing)} {(replayed.Differing == 1 ? "differs" : "differ")} from the {Count(replayed.Sent)} that were sent.{known}";
    }

    private static string Pages(int count) => count == 1 ? "1 page" : $"{Count(count)} pages";
}
