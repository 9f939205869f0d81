using SloPortal.Application.Measurement;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Evidence;

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
        var minutes = await counts.MinutesAsync(sli.Id, new Interval(now - Retention, LastWholeHour(now)), ct);
        if (minutes is null)
            return Refusal.Invalid(nameof(ProposedTerms.Sli), $"Nothing has been counted for {sli.Name} yet, so no window can be filled. Send samples first; the source's page shows what arrives.");

        var past = PastWindows.Of(minutes, window);
        var replay = past.Judge(target);
        var eventsPerDay = EventsPerDay(minutes);
        var findings = new List<FeasibilityFinding>(TargetFeasibility.Check(target, window, eventsPerDay, replay, now));
        findings.AddRange(await alerts.CheckAsync(policyId, target, window, now, ct));
        var period = window.PeriodAt(now);
        return new ProposalEvidence(
            now, replay.History.Start, replay.History.End,
            replay.Windows, replay.WindowsWithoutData, replay.Independent, replay.Met, replay.Held,
            Of(replay.Worst), Of(replay.Best),
            eventsPerDay,
            eventsPerDay is { } perDay ? target.AllowedFailures(perDay * period.TotalDays) : null,
            period.TotalMinutes * (double)target.AllowedFailureShare,
            findings, replay.Sentence, replay.Shortage, [.. past.Line(MostPoints).Select(w => new EvidencePoint(w.Window.End, w.Attained))]);
    }

    /// <summary>The hour that runs now would be judged by its first minutes.</summary>
    private static DateTimeOffset LastWholeHour(DateTimeOffset now) => new(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);

    private static double? EventsPerDay(MinuteCounts minutes)
    {
        var seen = minutes.Covered.Length < TrafficSeen ? minutes.Covered : Interval.EndingAt(minutes.Covered.End, TrafficSeen);
        var total = minutes.In(seen).Total;
        return total > 0 ? total / seen.Length.TotalDays : null;
    }

    private static EvidenceWindow? Of(ReplayWindow? window) => window is null ? null
        : new(window.Window.Start, window.Window.End, window.Counts.Good, window.Counts.Total, window.Attained);
}
