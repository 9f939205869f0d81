using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Evidence;

namespace SloPortal.Application.Objectives.Proposals;

/// <summary>
/// What a target would have meant over the history, as both parties see it when they sign. It is stored with the proposal and
/// covered by the signatures.
/// </summary>
/// <param name="ComputedAt">When the history was read.</param>
/// <param name="HistoryFrom">First hour with data.</param>
/// <param name="HistoryTo">End of the last whole hour.</param>
/// <param name="Windows">Past windows with data that were judged; rolling ones end on every hour.</param>
/// <param name="WindowsWithoutData">Windows in which nothing was counted; they speak neither for nor against.</param>
/// <param name="Independent">Windows that fit in side by side: the honest sample size.</param>
/// <param name="Met">Of <paramref name="Windows"/>, those that would have met the target.</param>
/// <param name="Held">The strictest target held in 90, 95 and 99 % of the windows.</param>
/// <param name="Worst">Null without windows.</param>
/// <param name="Best">Null without windows.</param>
/// <param name="EventsPerDay">Over the last 28 days of the history; null without events.</param>
/// <param name="AllowedFailures">Failures that one window allows at that traffic; null without events.</param>
/// <param name="BudgetMinutes">Minutes of full outage that one window allows.</param>
/// <param name="Findings">What both sides should know before they sign.</param>
/// <param name="Sentence">The result in words.</param>
/// <param name="Shortage">A sentence where the history is too short; otherwise null.</param>
/// <param name="Line">The attained share of past windows, thinned to what a chart can show.</param>
/// <param name="LongestOutage">The longest stretch of minutes in which at least half of the events failed; null where there was none.</param>
/// <param name="Forecast">What the next window may bring; null where the history is too short to tell.</param>
/// <param name="Unit">What is counted and may fail, one of many: "events", "minutes" or "slices".</param>
public sealed record ProposalEvidence(
    DateTimeOffset ComputedAt,
    DateTimeOffset HistoryFrom,
    DateTimeOffset HistoryTo,
    int Windows,
    int WindowsWithoutData,
    int Independent,
    int Met,
    IReadOnlyList<HeldTarget> Held,
    EvidenceWindow? Worst,
    EvidenceWindow? Best,
    double? EventsPerDay,
    double? AllowedFailures,
    double BudgetMinutes,
    IReadOnlyList<FeasibilityFinding> Findings,
    string Sentence,
    string? Shortage,
    IReadOnlyList<EvidencePoint> Line,
    EvidenceOutage? LongestOutage = null,
    EvidenceForecast? Forecast = null,
    string Unit = "events")
{
    /// <summary>0 to 1; null when no window could be judged.</summary>
    public double? MetShare => Windows > 0 ? (double)Met / Windows : null;

    /// <summary>The target is above what the history shows, so that signing it needs an answer.</summary>
    public bool IsUnattainable => Findings.Any(f => f.Rule == FeasibilityRule.TargetIsAboveTheHistory);
}

/// <summary>One past window: [From, To), what was counted in it, and its share of good events (0 to 1).</summary>
/// <param name="BudgetLeft">1 untouched, 0 spent, negative overspent.</param>
public sealed record EvidenceWindow(DateTimeOffset From, DateTimeOffset To, double Good, double Total, double Attained, double? BudgetLeft = null);

/// <summary>A stretch [From, To) in which service was mostly refused, and how many events failed in it.</summary>
public sealed record EvidenceOutage(DateTimeOffset From, DateTimeOffset To, double Failed);

/// <summary>The window [From, To) to come, if the future is made of the same weeks (or days) as the past; see <see cref="WindowForecast"/>.</summary>
/// <param name="Blocks">Weeks or days that the history offers to draw from: the sample size.</param>
/// <param name="BlockDays">7 or 1.</param>
/// <param name="Break">How likely the window breaks the target, 0 to 1, with a 90 % interval.</param>
/// <param name="Held">What 90, 95 and 99 % of such windows attain.</param>
public sealed record EvidenceForecast(DateTimeOffset From, DateTimeOffset To, int Blocks, int BlockDays, Estimate Break, IReadOnlyList<HeldEstimate> Held);

/// <summary>What so many of 100 windows attain (0 to 1), with a 90 % interval.</summary>
public sealed record HeldEstimate(int PercentOfWindows, Estimate Attained);

/// <summary>The windows that end up to <paramref name="At"/>: the worst of the stretch, so that thinning hides no failure.</summary>
public sealed record EvidencePoint(DateTimeOffset At, double Attained);
