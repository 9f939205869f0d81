namespace SloPortal.Application.Incidents.Escalation;

/// <summary>Topics of live notices, and addresses for notices and messages.</summary>
internal static class PageTopics
{
    public const string Signals = "signals";

    /// <summary>Every change of a page.</summary>
    public const string Pages = "pages";

    public static string Address(int number) => $"/pages/{number}";
}
