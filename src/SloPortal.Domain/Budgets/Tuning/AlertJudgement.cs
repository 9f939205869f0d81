using SloPortal.Domain.Common;

namespace SloPortal.Domain.Budgets.Tuning;

/// <summary>An alert with what is known of its time.</summary>
/// <param name="IsTrue">Null where nothing is known by which it could be told.</param>
/// <param name="Known">The first stretch that it stands for.</param>
public sealed record JudgedAlert(ReplayedAlert Alert, bool? IsTrue, KnownInterval? Known);

/// <summary>A stretch that should have paged, with what became of it.</summary>
/// <param name="ToDetect">From its beginning to the first alert that stands for it, not below zero; null where none does.</param>
/// <param name="ToReset">From its end to the end of the last such alert, not below zero; null where none does or it lasts.</param>
/// <param name="Bad">Failed events in it, those of a stretch before it left out.</param>
/// <param name="BadUnseen">Those of them that failed before the first alert, or all.</param>
public sealed record JudgedInterval(KnownInterval Known, TimeSpan? ToDetect, TimeSpan? ToReset, double Bad, double BadUnseen)
{
    public bool IsDetected => ToDetect is not null;
}

/// <summary>
/// The alerts of one objective held against what is known of its past. An alert counts as true if it overlaps a stretch that should
/// have paged, or begins within <see cref="Tolerance"/> before or after it; and not where it begins in a stretch that is marked as one that
/// should not. Where nothing is known that should have paged, no other alert is true or false.
/// </summary>
/// <param name="Span">What was replayed.</param>
/// <param name="BudgetEvents">Failures that the budget of one period allows at the traffic of the span; null without events.</param>
public sealed record AlertJudgement(Interval Span, IReadOnlyList<JudgedAlert> Alerts, IReadOnlyList<JudgedInterval> Intervals, double? BudgetEvents)
{
    /// <summary>How far an alert may begin from what it stands for. People enter when an incident began to about this. Product policy.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    /// <summary>Something is known, so that alerts can be true or false.</summary>
    public bool IsKnown => Intervals.Count > 0;

    /// <param name="replay">Whose minutes say what failed.</param>
    /// <param name="alerts">In order of time.</param>
    /// <param name="known">All that is known of the objective.</param>
    public static AlertJudgement Of(AlertReplay replay, IReadOnlyList<ReplayedAlert> alerts, IReadOnlyList<KnownInterval> known)
    {
        var positive = KnownInterval.Positive(known, replay.Span);
        var not = known.Where(k => k.Kind == LabelKind.ShouldNot).ToList();
        var isKnown = positive.Count > 0;
        var judged = new List<JudgedAlert>(alerts.Count);
        var standing = positive.Select(_ => new List<ReplayedAlert>()).ToArray();
        foreach (var alert in alerts)
        {
            var denied = not.Find(n => n.When.Contains(alert.From));
            KnownInterval? of = null;
            for (var i = 0; denied is null && i < positive.Count; i++)
            {
                if (!StandsFor(alert, positive[i].When))
                    continue;
                of ??= positive[i];
                standing[i].Add(alert);
            }

            judged.Add(new(alert, denied is not null ? false : isKnown ? of is not null : null, of ?? denied));
        }

        var intervals = new List<JudgedInterval>(positive.Count);
        var counted = DateTimeOffset.MinValue;
        for (var i = 0; i < positive.Count; i++)
        {
            intervals.Add(Judge(replay, positive[i], standing[i], counted));
            counted = counted > positive[i].When.End ? counted : positive[i].When.End;
        }

        var total = replay.Minutes.In(replay.Span).Total;
        var periods = replay.Span.Length / replay.Window.PeriodAt(replay.Span.End);
        return new(replay.Span, judged, intervals, total > 0 ? replay.Target.AllowedFailures(total) / periods : null);
    }

    private static bool StandsFor(ReplayedAlert alert, Interval when) =>
        (alert.From < when.End && when.Start < alert.To) || (alert.From >= when.Start - Tolerance && alert.From <= when.End + Tolerance);

    private static JudgedInterval Judge(AlertReplay replay, KnownInterval known, List<ReplayedAlert> alerts, DateTimeOffset counted)
    {
        var when = known.When;
        var from = counted > when.Start ? counted : when.Start;
        var bad = from < when.End ? replay.Minutes.In(new Interval(from, when.End)).Bad : 0;
        if (alerts.Count == 0)
            return new(known, null, null, bad, bad);
        var fired = alerts[0].From;
        var unseen = fired <= from ? 0 : replay.Minutes.In(new Interval(from, fired < when.End ? fired : when.End < from ? from : when.End)).Bad;
        return new(
            known, fired > when.Start ? fired - when.Start : TimeSpan.Zero,
            alerts[^1].Lasts ? null : alerts[^1].To > when.End ? alerts[^1].To - when.End : TimeSpan.Zero, bad, unseen);
    }
}
