namespace SloPortal.Domain.Budgets.Tuning;

/// <summary>How long something took, over all of its cases.</summary>
/// <param name="All">Ascending.</param>
public sealed record Durations(TimeSpan Median, TimeSpan P90, IReadOnlyList<TimeSpan> All)
{
    /// <summary>Null where there is none. The median and the ninth decile are cases that happened: the nearest rank, rounded up.</summary>
    public static Durations? Of(IEnumerable<TimeSpan> cases)
    {
        TimeSpan[] all = [.. cases.Order()];
        return all.Length == 0 ? null : new(Rank(all, 0.5), Rank(all, 0.9), all);
    }

    private static TimeSpan Rank(TimeSpan[] all, double share) => all[(int)Math.Ceiling(share * all.Length) - 1];
}

/// <summary>How alerts did, over one objective or several together.</summary>
/// <param name="Alerts">All that would have fired.</param>
/// <param name="True">Of those that can be judged.</param>
/// <param name="False">Of those that can be judged.</param>
/// <param name="NotJudged">Alerts of objectives of which nothing is known.</param>
/// <param name="Known">Stretches that should have paged.</param>
/// <param name="Detected">Those of them for which an alert stands.</param>
/// <param name="Precision">True ones among those that can be judged, 0 to 1; null (unknown) where nothing is known or nothing fired.</param>
/// <param name="Recall">Detected ones among those that should have paged, 0 to 1; null (unknown) where nothing is known.</param>
/// <param name="ToDetect">Null where nothing was detected.</param>
/// <param name="ToReset">Null where nothing was detected, or all of it lasts.</param>
/// <param name="PerWeek">Of all objectives together.</param>
/// <param name="NightPerWeek">Those that would have begun at night, see <see cref="NightHours"/>.</param>
/// <param name="MissedBudget">
/// Of what failed in stretches that should have paged, the share (0 to 1) that failed in missed ones or before the alert; null where nothing is known
/// or nothing failed.
/// </param>
/// <param name="MissedSpent">What failed in missed stretches, in budgets of one period: 0.5 is half a budget; null where nothing is known.</param>
public sealed record AlertFigures(
    int Alerts, int True, int False, int NotJudged, int Known, int Detected, double? Precision, double? Recall, Durations? ToDetect, Durations? ToReset,
    double PerWeek, double NightPerWeek, double? MissedBudget, double? MissedSpent)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <param name="judgements">One for each objective.</param>
    /// <param name="zone">Whose nights.</param>
    public static AlertFigures Of(IReadOnlyList<AlertJudgement> judgements, TimeZoneInfo zone)
    {
        var alerts = judgements.SelectMany(j => j.Alerts).ToList();
        var intervals = judgements.SelectMany(j => j.Intervals).ToList();
        var (right, wrong) = (alerts.Count(a => a.IsTrue == true), alerts.Count(a => a.IsTrue == false));
        var detected = intervals.Count(i => i.IsDetected);
        var bad = intervals.Sum(i => i.Bad);
        return new(
            alerts.Count, right, wrong, alerts.Count - right - wrong, intervals.Count, detected,
            right + wrong > 0 ? (double)right / (right + wrong) : null, intervals.Count > 0 ? (double)detected / intervals.Count : null,
            Durations.Of(intervals.Select(i => i.ToDetect).OfType<TimeSpan>()), Durations.Of(intervals.Select(i => i.ToReset).OfType<TimeSpan>()),
            judgements.Sum(j => PerWeekOf(j, j.Alerts.Count)), judgements.Sum(j => PerWeekOf(j, j.Alerts.Count(a => NightHours.Hold(a.Alert.From, zone)))),
            bad > 0 ? intervals.Sum(i => i.BadUnseen) / bad : null,
            intervals.Count > 0 ? judgements.Sum(j => j.BudgetEvents is > 0 ? j.Intervals.Where(i => !i.IsDetected).Sum(i => i.Bad) / j.BudgetEvents.Value : 0) : null);
    }

    private static double PerWeekOf(AlertJudgement judgement, int alerts) => alerts == 0 ? 0 : alerts / (judgement.Span.Length / Week);
}
