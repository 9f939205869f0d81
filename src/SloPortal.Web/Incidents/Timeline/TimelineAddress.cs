using System.Globalization;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.Timeline;

/// <summary>What is looked at stands in the address.</summary>
internal static class TimelineAddress
{
    public static string Of(int incident, string? view, DateTimeOffset? knownAt, int take)
    {
        var query = string.Join('&', new[]
        {
            string.IsNullOrEmpty(view) ? null : $"kind={view}",
            knownAt is { } at ? $"knownAt={RelativeTime.Machine(at)}" : null,
            take > Application.Incidents.Timeline.GetTimeline.UsualTake ? $"show={take.ToString(CultureInfo.InvariantCulture)}" : null,
        }.OfType<string>());
        return query.Length == 0 ? Routes.Incident(incident) : $"{Routes.Incident(incident)}?{query}";
    }

    /// <summary>Null where the text is no instant.</summary>
    public static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
