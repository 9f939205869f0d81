namespace SloPortal.Domain.Budgets.Coverage;

/// <summary>How far a class of failures of a journey is covered, the worst first.</summary>
public enum CoverageState
{
    /// <summary>Nothing notices it, and nobody has said why.</summary>
    Missing,

    /// <summary>Nothing notices it, and the day of review has passed.</summary>
    ReviewDue,

    /// <summary>SLIs are named that have counted nothing for an hour.</summary>
    NotMeasured,

    /// <summary>It is measured, and no objective with alerts stands on it: nobody is told.</summary>
    Unwatched,

    /// <summary>Nothing notices it, for a reason that somebody signed.</summary>
    Accepted,

    /// <summary>An SLI that counts now, with an objective that alerts.</summary>
    Covered,
}

/// <summary>What is known of an SLI that is to notice a class of failures.</summary>
/// <param name="IsMeasured">Whether it counted anything within the last hour.</param>
/// <param name="HasObjective">Whether an objective in force stands on it.</param>
/// <param name="HasAlerts">Whether that objective has rules that can fire.</param>
public readonly record struct CoverFacts(bool IsMeasured, bool HasObjective, bool HasAlerts);

/// <summary>Judges one cell of the matrix.</summary>
public static class CoverageJudgement
{
    /// <param name="slis">Those that are named for it.</param>
    /// <param name="reviewOn">The day until which a gap is accepted; null where none is.</param>
    /// <param name="today">The day.</param>
    public static CoverageState Of(IReadOnlyCollection<CoverFacts> slis, DateOnly? reviewOn, DateOnly today) =>
        slis.Any(s => s is { IsMeasured: true, HasObjective: true, HasAlerts: true }) ? CoverageState.Covered
        : reviewOn >= today ? CoverageState.Accepted
        : slis.Any(s => s.IsMeasured) ? CoverageState.Unwatched
        : slis.Count > 0 ? CoverageState.NotMeasured
        : reviewOn is not null ? CoverageState.ReviewDue
        : CoverageState.Missing;

    /// <summary>Whether somebody has something to do.</summary>
    public static bool IsGap(this CoverageState state) => state < CoverageState.Accepted;
}
