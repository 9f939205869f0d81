namespace SloPortal.Application.Incidents.Escalation;

/// <summary>Pages to which notices and messages lead, and what wakes them.</summary>
internal static class PageAddresses
{
    /// <summary>The topic of every change of a page.</summary>
    public const string Topic = "pages";

    /// <summary>Of the page that says whether the pager lives.</summary>
    public const string Health = "/pages/health";

    public static string Of(int number) => $"/pages/{number}";
}
