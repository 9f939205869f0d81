using Microsoft.Extensions.Caching.Memory;
using SloPortal.Application.Common;
using SloPortal.Application.Objectives.Dependencies;
using SloPortal.Application.Objectives.Deriving;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Evidence;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Application.Objectives.Proposals;

/// <summary>Replays proposed terms over the minutes that are stored.</summary>
public sealed class EvidenceReplay : IDisposable
{
    // A year of minutes takes some 20 MB; this many are in hand while people move targets about.
    private const int MostModels = 12;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly MemoryCache models = new(new MemoryCacheOptions { SizeLimit = MostModels });
    private readonly PromisedHistory history;
    private readonly IBurnAlerts alerts;
    private readonly CeilingReader ceilings;
    private readonly IDisposable subscription;

    public EvidenceReplay(PromisedHistory history, IBurnAlerts alerts, CeilingReader ceilings, PortalEvents events)
    {
        ArgumentNullException.ThrowIfNull(events);
        (this.history, this.alerts, this.ceilings) = (history, alerts, ceilings);
        // What vendors took away may be another minute now.
        subscription = events.SubscribeFirst("dependencies", _ => models.Clear());
    }

    /// <param name="sli">Whose history.</param>
    /// <param name="method">How its minutes are counted.</param>
    /// <param name="target">The proposed target.</param>
    /// <param name="window">The proposed window.</param>
    /// <param name="externals">Whether failures of vendors shall count.</param>
    /// <param name="policyId">Whose alerts must be able to fire.</param>
    /// <param name="now">Of the reading.</param>
    /// <param name="binding">Whether the figures will be signed: then the history is read afresh, and otherwise it may be some minutes old.</param>
    /// <param name="ct">Cancels.</param>
    internal async Task<Outcome<ProposalEvidence>> RunAsync(
        Sli sli, BudgetingMethod method, ObjectiveTarget target, SloWindow window, ExternalFailures externals, Guid policyId, DateTimeOffset now, bool binding, CancellationToken ct)
    {
        if (window.PeriodAt(now) > PromisedHistory.Retention)
            return Refusal.Invalid(nameof(ProposedTerms.Window), $"Counts are kept for {PromisedHistory.Retention.TotalDays} days, so a longer window can never be filled.");
        if (await ModelAsync(sli, method, window, externals, now, binding, ct) is not { } model)
            return Refusal.Invalid(nameof(ProposedTerms.Sli), $"Nothing has been counted for {sli.Name} yet, so no window can be filled. Send samples first; the source's page shows what arrives.");

        var replay = model.Past.Judge(target);
        var findings = new List<FeasibilityFinding>(TargetFeasibility.Check(target, window, method.Unit, model.EventsPerDay, replay, now));
        var period = window.PeriodAt(now);
        if (await ceilings.OfAsync(sli.ServiceId, period, externals, now, binding, ct) is { Ceiling: { } ceiling } reading
            && TargetFeasibility.TargetMustNotExceedDependencyCeiling(target, ceiling, reading.LeftOut) is { } above)
            findings.Add(above);
        findings.AddRange(await alerts.CheckAsync(policyId, target, window, now, ct));
        return new ProposalEvidence(
            now, replay.History.Start, replay.History.End,
            replay.Windows, replay.WindowsWithoutData, replay.Independent, replay.Met, replay.Held,
            Of(replay.Worst, target), Of(replay.Best, target),
            model.EventsPerDay,
            model.EventsPerDay is { } perDay ? target.AllowedFailures(perDay * period.TotalDays) : null,
            period.TotalMinutes * (double)target.AllowedFailureShare,
            findings, replay.Sentence, replay.Shortage, model.Line, model.Longest, model.ForecastFor(target), method.Unit);
    }

    public void Dispose()
    {
        subscription.Dispose();
        models.Dispose();
    }

    private async Task<HistoryModel?> ModelAsync(Sli sli, BudgetingMethod method, SloWindow window, ExternalFailures externals, DateTimeOffset now, bool binding, CancellationToken ct)
    {
        var key = (sli.Id, method, window.ToString(), externals, PromisedHistory.LastWholeHour(now));
        if (!binding && models.Get<HistoryModel>(key) is { } known)
            return known;
        var minutes = await history.ReadAsync(sli, externals, now, ct);
        return minutes is null ? null
            : models.Set(key, new HistoryModel(minutes, method, window, sli.Id), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept });
    }

    private static EvidenceWindow? Of(ReplayWindow? window, ObjectiveTarget target) => window is null ? null
        : new(window.Window.Start, window.Window.End, window.Counts.Good, window.Counts.Total, window.Attained, window.BudgetLeft(target));
}
