using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.OnCall;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Escalation.Deciding;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.Escalation.Replay;

/// <summary>A page as it was sent.</summary>
/// <param name="First">The signal that opened it; one may open several, one after the other.</param>
/// <param name="Signals">Those of the span that belong to it.</param>
internal sealed record SentPage(Guid Id, Guid First, int Number, string Title, Guid? ServiceId, DateTimeOffset OpenedAt, DateTimeOffset? EndedAt, bool IsTaken, IReadOnlySet<Guid> Signals);

/// <summary>What happened to a team's signals that began in a span, for a replay by whatever rules.</summary>
/// <param name="Sent">Pages that one of the signals opened.</param>
internal sealed record PlayedPast(Interval Span, IReadOnlyList<PlayedEvent> Events, IReadOnlyList<PlayedAnswer> Answers, IReadOnlyList<Page> Aside, IReadOnlyList<SentPage> Sent)
{
    /// <summary>More lines than a reader waits for; some 200 MB.</summary>
    private const int Most = 200_000;

    public static async Task<Outcome<PlayedPast>> ReadAsync(PortalDbContext db, Guid team, Interval span, CancellationToken ct)
    {
        var lines = await (
            from e in db.SignalEvents.AsNoTracking()
            join s in db.Signals.AsNoTracking() on e.SignalId equals s.Id
            where s.TeamId == team && s.FirstReceivedAt >= span.Start && e.DecidedAt != null && e.DecidedAt < span.End && e.Kind != SignalEventKind.Repeated
            orderby e.DecidedAt, e.Id
            select new
            {
                e.Kind,
                At = e.DecidedAt!.Value,
                e.Outcome,
                e.PageId,
                e.SilenceId,
                Severity = e.Severity ?? s.Severity,
                Own = e.Labels,
                s.Labels,
                s.Id,
                s.ServiceId,
                s.FirstReceivedAt,
            }).Take(Most + 1).ToListAsync(ct);
        if (lines.Count > Most)
            return Refusal.Invalid(nameof(ReplayPaging.Days), $"More than {Most:N0} lines of the ledger lie in this span. Choose fewer days.");
        var pages = await db.Pages.AsNoTracking().Where(p => p.OpenedAt < span.End && (p.ResolvedAt == null || p.ResolvedAt > span.Start) && !p.GroupKey.StartsWith(Page.TestGroup) && !p.GroupKey.StartsWith(Page.AskGroup)).ToDictionaryAsync(p => p.Id, ct);
        var signals = lines.Where(l => l.PageId is not null).GroupBy(l => l.PageId!.Value).ToDictionary(g => g.Key, IReadOnlySet<Guid> (g) => g.Select(l => l.Id).ToHashSet());
        var sent = new List<SentPage>();
        var own = new HashSet<Guid>();
        foreach (var line in lines.Where(l => l.Outcome is SignalOutcome.Paged or SignalOutcome.Capped && l.PageId is { } id && pages.TryGetValue(id, out var opened) && opened.OpenedAt == l.At))
        {
            var page = pages[line.PageId!.Value];
            if (own.Add(page.Id))
                sent.Add(new(page.Id, line.Id, page.Number, page.Title, page.ServiceId, page.OpenedAt, page.ResolvedAt, page.AcknowledgedAs is not null and not AcknowledgedAs.Source, signals[page.Id]));
        }
        return new PlayedPast(
            span,
            [.. lines.Select(l => new PlayedEvent(l.At, l.Kind, new SignalFacts(l.Id, team, l.ServiceId, l.Severity, l.Own ?? l.Labels, l.FirstReceivedAt), l.SilenceId is not null))],
            [.. own.Select(id => pages[id]).SelectMany(p => AnswersOf(p, signals[p.Id]))],
            [.. pages.Values.Where(p => !own.Contains(p.Id))], sent);
    }

    /// <summary>Pages beside those that are played: of other teams, and of this one from before. Made anew for each replay, since a replay changes them.</summary>
    public IEnumerable<PlayedOther> Others() => Aside.Select(p => new PlayedOther(
        new DeskPage(p.Id, $"page {p.Number}", p.TeamId, p.ServiceId, p.GroupKey, p.PolicyId ?? Guid.Empty, p.OpenedAt, p.CalledFirst) { Severity = p.Severity }, p.ResolvedAt));

    /// <summary>Whom the first levels of all policies reached at any moment of the span, by the schedules as they are known now.</summary>
    public static async Task<Dictionary<Guid, PolicyTerms>> PoliciesAsync(PortalDbContext db, Interval span, CancellationToken ct)
    {
        var policies = await db.EscalationPolicies.AsNoTracking().ToListAsync(ct);
        var named = policies.SelectMany(p => p.Levels[0].Targets).Where(t => t.Kind == EscalationTargetKind.Schedule).Select(t => t.Id).Distinct().ToList();
        var schedules = await db.Schedules.AsNoTracking().Where(s => named.Contains(s.Id)).ToListAsync(ct);
        var shifts = (await ScheduleReading.FinalAsync(db, schedules, span, ct)).ToDictionary(f => f.Key, f => f.Value.Between(span));
        return policies.ToDictionary(p => p.Id, p => new PolicyTerms(
            p.Name, at => [.. p.Levels[0].Targets.SelectMany(t => t.Kind == EscalationTargetKind.Person ? [t.Id] : At(shifts.GetValueOrDefault(t.Id, []), at)).Distinct()]));
    }

    private static IEnumerable<PlayedAnswer> AnswersOf(Page page, IReadOnlySet<Guid> signals)
    {
        if (page.AcknowledgedAt is { } at && page.AcknowledgedAs != AcknowledgedAs.Source)
            yield return new(at, signals, Ends: false);
        if (page.ResolvedAt is { } end && page.ResolvedBecause != Page.SignalsEnded)
            yield return new(end, signals, Ends: true);
    }

    private static Guid[] At(IReadOnlyList<OnCallShift> shifts, DateTimeOffset at)
    {
        var (low, high) = (0, shifts.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var shift = shifts[middle];
            if (at < shift.From)
                high = middle - 1;
            else if (at >= shift.To)
                low = middle + 1;
            else
                return [shift.PersonId];
        }
        return [];
    }
}
