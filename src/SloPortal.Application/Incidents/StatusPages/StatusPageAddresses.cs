namespace SloPortal.Application.Incidents.StatusPages;

public static class StatusPageAddresses
{
    /// <summary>Wakes what shows status pages, and each portal to write them anew.</summary>
    internal const string Topic = "status-pages";

    /// <summary>Wakes what shows who gets their updates by mail.</summary>
    internal const string SubscriberTopic = "status-subscribers";

    /// <summary>"?key=…", or nothing.</summary>
    /// <param name="key">The secret in the link; null where none is needed.</param>
    public static string Query(string? key) => key is null ? "" : $"?key={Uri.EscapeDataString(key)}";

    internal static string Of(string slug) => "/status/" + slug;
}
