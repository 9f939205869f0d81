namespace SloPortal.Domain.Incidents.Escalation.Quiet;

/// <summary>What becomes of what would call somebody more often than the cap allows.</summary>
public enum AboveCap
{
    /// <summary>It joins one page for all of it, which calls once.</summary>
    Collect,
    /// <summary>It stands in the ledger and calls nobody.</summary>
    Record,
}

/// <summary>What keeps the signals of a paging rule from calling at once.</summary>
/// <param name="Signals">Calls only once so many of a group have begun within <paramref name="WithinMinutes"/>; 1 calls with the first.</param>
/// <param name="WithinMinutes">How long a signal waits for more of its group; then it is recorded.</param>
/// <param name="UnderDependency">A signal is quiet while a page at least as severe is open about a service that its own cannot work without.</param>
/// <param name="NobodyMinutes">So long a signal waits where the first level of the policy reaches nobody; then the levels behind it are called. 0 does not wait.</param>
/// <param name="PagesPerHour">Most pages that open within an hour for the same person at the first level; null is without a cap.</param>
public sealed record QuietTerms(int Signals = 1, int WithinMinutes = 10, bool UnderDependency = false, int NobodyMinutes = 0, int? PagesPerHour = null, AboveCap AboveCap = AboveCap.Collect)
{
    public const int MostSignals = 1000;
    public const int MostPagesPerHour = 100;

    /// <summary>Longest wait in minutes, for more signals or for somebody on call.</summary>
    public const int MostMinutes = 24 * 60;

    public static QuietTerms None { get; } = new();

    public bool Waits => Signals > 1;

    /// <summary>Whether nothing is kept quiet, whatever else is filled in.</summary>
    public bool IsNothing => !Waits && !UnderDependency && NobodyMinutes == 0 && PagesPerHour is null;
}
