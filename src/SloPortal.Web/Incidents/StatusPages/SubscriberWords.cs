using System.Globalization;
using SloPortal.Application.Incidents.StatusPages.Subscribers;

namespace SloPortal.Web.Incidents.StatusPages;

/// <summary>How many subscribe by mail, in words.</summary>
internal static class SubscriberWords
{
    /// <summary>"12 confirmed, 3 not yet; mails of the past 30 days: 40 sent, 1 failed".</summary>
    public static string Of(SubscriberCounts counts)
    {
        var people = $"{N(counts.Confirmed)} confirmed" + (counts.Unconfirmed > 0 ? $", {N(counts.Unconfirmed)} not yet" : "");
        string[] parts =
        [
            .. counts.Sent > 0 ? [$"{N(counts.Sent)} sent"] : (string[])[],
            .. counts.Waiting > 0 ? [$"{N(counts.Waiting)} waiting"] : (string[])[],
            .. counts.Failed > 0 ? [$"{N(counts.Failed)} failed"] : (string[])[],
        ];
        return parts.Length == 0 ? people : $"{people}; mails of the past {ForgetSubscribers.MailsAreKept.TotalDays:0} days: {string.Join(", ", parts)}";
    }

    private static string N(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
