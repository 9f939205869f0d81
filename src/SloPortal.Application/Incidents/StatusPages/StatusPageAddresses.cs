namespace SloPortal.Application.Incidents.StatusPages;

internal static class StatusPageAddresses
{
    /// <summary>Wakes what shows status pages, and each portal to write them anew.</summary>
    public const string Topic = "status-pages";

    public static string Of(string slug) => "/status/" + slug;
}
