using System.Globalization;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Budgets.Tuning;

/// <summary>One policy of a sweep.</summary>
/// <param name="Pages">Its rules that page; what makes tickets stays as it is.</param>
/// <param name="MissedBudget">Of what failed in stretches that should have paged, the share (0 to 1) in missed ones or before the alert.</param>
public sealed record SweepPoint(IReadOnlyList<AlertRule> Pages, double PerWeek, double NightPerWeek, double MissedBudget, int Detected, int Known, double? Precision);

/// <summary>
/// What the policies of <see cref="SweepGrid"/> would have missed, against how often they would have paged.
/// </summary>
/// <param name="InForce">The policy that is in force.</param>
/// <param name="Frontier">Those that no other one beats in both, the one that pages least first.</param>
/// <param name="Tried">How many policies were tried.</param>
/// <param name="Proposed">One of the frontier.</param>
/// <param name="Reason">Why that one, in a sentence.</param>
public sealed record PolicySweep(SweepPoint InForce, IReadOnlyList<SweepPoint> Frontier, int Tried, SweepPoint Proposed, string Reason)
{
    /// <summary>How much more of the labelled budget, as a share of it, may be missed for fewer pages: a minute or two of detection. Product policy.</summary>
    public const double Allowance = 0.05;

    /// <summary>Null where nothing is known of the objective, or nothing failed in what is: then nothing can be missed.</summary>
    /// <param name="replay">Its history.</param>
    /// <param name="policy">In force.</param>
    /// <param name="known">What is known.</param>
    /// <param name="zone">Whose nights.</param>
    public static PolicySweep? Of(AlertReplay replay, AlertPolicy policy, IReadOnlyList<KnownInterval> known, TimeZoneInfo zone)
    {
        // The policy is a set of rules that know nothing of each other, so each rule is replayed once for all policies that hold it.
        var replayed = new Dictionary<AlertRule, ReplayedRule>();
        if (Try([.. policy.Rules.Where(rule => rule.Severity == AlertSeverity.Page)]) is not { } inForce)
            return null;
        var points = new List<SweepPoint>();
        foreach (var pages in SweepGrid.Pages())
        {
            if (pages.All(rule => Replayed(rule).LeftOut is null) && Try(pages) is { } point)
                points.Add(point);
        }

        var frontier = FrontierOf(points.Prepend(inForce));
        var (proposed, reason) = Propose(inForce, frontier);
        return new(inForce, frontier, points.Count, proposed, reason);

        ReplayedRule Replayed(AlertRule rule)
        {
            if (!replayed.TryGetValue(rule, out var one))
                replayed[rule] = one = replay.Run(new AlertPolicy("", "", [rule]))[0];
            return one;
        }

        SweepPoint? Try(IReadOnlyList<AlertRule> pages)
        {
            var alerts = ReplayedAlert.Together(pages.Select(rule => Replayed(rule).Alerts));
            var figures = AlertFigures.Of([AlertJudgement.Of(replay, alerts, known)], zone);
            return figures.MissedBudget is { } missed
                ? new(pages, figures.PerWeek, figures.NightPerWeek, missed, figures.Detected, figures.Known, figures.Precision) : null;
        }
    }

    /// <summary>What no other point beats in both, by pages a week; of equals the first.</summary>
    public static IReadOnlyList<SweepPoint> FrontierOf(IEnumerable<SweepPoint> points)
    {
        var frontier = new List<SweepPoint>();
        foreach (var point in points.OrderBy(p => p.PerWeek).ThenBy(p => p.MissedBudget))
        {
            if (frontier.Count == 0 || point.MissedBudget < frontier[^1].MissedBudget)
                frontier.Add(point);
        }

        return frontier;
    }

    /// <summary>The fewest pages that find as much and miss little more than today; where nothing pages less, the least missed for as many.</summary>
    private static (SweepPoint, string) Propose(SweepPoint inForce, IReadOnlyList<SweepPoint> frontier)
    {
        var proposed = frontier.FirstOrDefault(p => p.Detected >= inForce.Detected && p.MissedBudget <= inForce.MissedBudget + Allowance) ?? inForce;
        if (proposed.PerWeek < inForce.PerWeek)
            return (proposed, $"Of all that find as many intervals as the policy in force and miss at most {PercentText.Spent(Allowance)} more of the labelled budget, this pages least: {Weekly(proposed)} instead of {Weekly(inForce)}, missing {Missed(proposed)} instead of {Missed(inForce)}.");
        return proposed.PerWeek == inForce.PerWeek && proposed.MissedBudget < inForce.MissedBudget
            ? (proposed, $"It pages as often as the policy in force, {Weekly(proposed)}, and misses {Missed(proposed)} of the labelled budget instead of {Missed(inForce)}.")
            : (inForce, $"Nothing that was tried beats the policy in force: what pages less than {Weekly(inForce)} finds fewer intervals, or misses over {PercentText.Spent(Allowance)} more of the labelled budget than its {Missed(inForce)}.");
    }

    private static string Weekly(SweepPoint point) => string.Create(CultureInfo.InvariantCulture, $"{point.PerWeek:0.##} times a week");

    private static string Missed(SweepPoint point) => PercentText.Spent(point.MissedBudget);
}
