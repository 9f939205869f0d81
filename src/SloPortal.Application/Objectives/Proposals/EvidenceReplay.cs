using SloPortal.Application.Measurement;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.Proposals;

/// <summary>Replays proposed terms over the hours that are stored.</summary>
public sealed class EvidenceReplay(SliCounts counts, IBurnAlerts alerts)
{
    /// <summary>How far back counts are kept; a window cannot be longer.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(400);

    private static readonly TimeSpan TrafficSeen = TimeSpan.FromDays(28);
    private const int MostPoints = 360;

    public async Task<Outcome<ProposalEvidence>> RunAsync(
        Sli sli, ObjectiveTarget target, SloWindow window, Guid policyId, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(sli);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(window);
        if (window.PeriodAt(now) > Retention)
            return Refusal.Invalid(nameof(ProposedTerms.Window), $"Counts are kept for {Retention.TotalDays} days, so a longer window can never be filled.");
        var hours = await counts.BucketsAsync(sli.Id, new Interval(now - Retention, now), BucketSize.Hour, ct);
        if (hours.Count == 0)
            return Refusal.Invalid(nameof(ProposedTerms.Sli), $"Nothing has been counted for {sli.Name} yet, so no window can be filled. Send samples first; the source's page shows what arrives.");

        var history = HistoryOf(hours, now);
        var replay = ObjectiveReplay.Run(RunningCounts.FromBuckets(hours), history, window, target);
        var eventsPerDay = EventsPerDay(hours, history);
        var findings = new List<FeasibilityFinding>(TargetFeasibility.Check(target, window, eventsPerDay, replay, now));
        findings.AddRange(await alerts.CheckAsync(policyId, target, window, now, ct));
        var period = window.PeriodAt(now);
        return new ProposalEvidence(
            now, history.Start, history.End,
            replay.Windows.Count, replay.WindowsWithoutData, replay.Independent, replay.Met, replay.Held,
            Of(replay.Worst), Of(replay.Best),
            eventsPerDay,
            eventsPerDay is { } perDay ? target.AllowedFailures(perDay * period.TotalDays) : null,
            period.TotalMinutes * (double)target.AllowedFailureShare,
            findings, replay.Sentence, replay.Shortage, Thin(replay.Windows));
    }

    /// <summary>Whole hours only: the one that runs now would be judged by its first minutes.</summary>
    private static Interval HistoryOf(IReadOnlyList<CountBucket> hours, DateTimeOffset now)
    {
        var thisHour = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);
        var end = hours[^1].Start.AddHours(1) is var afterLast && afterLast < thisHour ? afterLast : thisHour;
        return new Interval(hours[0].Start, end > hours[0].Start ? end : hours[0].Start);
    }

    private static double? EventsPerDay(IReadOnlyList<CountBucket> hours, Interval history)
    {
        var seen = history.Length < TrafficSeen ? history : Interval.EndingAt(history.End, TrafficSeen);
        var total = hours.Where(h => seen.Contains(h.Start)).Sum(h => h.Counts.Total);
        return total > 0 ? total / seen.Length.TotalDays : null;
    }

    private static EvidenceWindow? Of(ReplayWindow? window) => window is null ? null
        : new(window.Window.Start, window.Window.End, window.Counts.Good, window.Counts.Total, window.Attained);

    private static EvidencePoint[] Thin(IReadOnlyList<ReplayWindow> windows)
    {
        var stretch = Math.Max(1, (windows.Count + MostPoints - 1) / MostPoints);
        return [.. windows.Chunk(stretch).Select(chunk => new EvidencePoint(chunk[^1].Window.End, chunk.Min(w => w.Attained)))];
    }
}
