using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Escalation.Deciding;
using SloPortal.Domain.Incidents.Escalation.Quiet;

namespace SloPortal.Application.Incidents.Escalation.Paging;

/// <summary>A batch of events with what their decision needs; it decides them by a <see cref="PagingDesk"/> and writes what follows.</summary>
internal sealed class DecisionBook
{
    private readonly Change change;
    private readonly PagingDesk desk;
    private readonly Dictionary<Guid, Signal> signals;
    private readonly Dictionary<Guid, EscalationPolicy> policies;
    private readonly IReadOnlyList<Silence> silences;
    private readonly Dictionary<Guid, Page> pages;

    /// <summary>The groups of the pages that opened in this batch: what waited for more of one joins its page.</summary>
    private readonly HashSet<(Guid Team, string Group)> opened = [];

    private DecisionBook(
        Change change, PagingDesk desk, IReadOnlyList<SignalEvent> events, IReadOnlyList<Signal> due, Dictionary<Guid, Signal> signals, Dictionary<Guid, EscalationPolicy> policies, IReadOnlyList<Silence> silences, IEnumerable<Page> pages)
    {
        this.change = change;
        this.desk = desk;
        this.signals = signals;
        this.policies = policies;
        this.silences = silences;
        this.pages = pages.ToDictionary(p => p.Id);
        Events = events;
        Due = due;
    }

    /// <summary>What was received and waits for its decision.</summary>
    public IReadOnlyList<SignalEvent> Events { get; }

    /// <summary>Signals whose wait is over.</summary>
    public IReadOnlyList<Signal> Due { get; }

    /// <summary>Signals that fire although what kept them quiet is over: their silence, the page that explained them, the time that they wait.</summary>
    public static IQueryable<Signal> DueSignals(PortalDbContext db, DateTimeOffset now) =>
        db.Signals.Where(s => s.HeldAs != null && s.State != SignalState.Resolved
            && (s.HeldUntil <= now
                || (s.SilenceId != null && db.Silences.Any(q => q.Id == s.SilenceId && q.EndsAt <= now))
                || (s.HeldUnder != null && db.Pages.Any(p => p.Id == s.HeldUnder && p.State == PageState.Resolved))));

    public static async Task<DecisionBook> ReadAsync(Change change, int most, CancellationToken ct)
    {
        var (db, now) = (change.Db, change.Now);
        // Of two portals that both decide, one waits here, and then finds only what the other has left.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"decide-signals"}, 0))", ct);
        var due = await DueSignals(db, now).OrderBy(s => s.Id).Take(most).ToListAsync(ct);
        var events = await db.SignalEvents.Where(e => e.DecidedAt == null).OrderBy(e => e.Id).Take(most).ToListAsync(ct);
        var ids = events.Select(e => e.SignalId).Concat(due.Select(s => s.Id)).Distinct().ToList();
        var signals = await db.Signals.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
        var teamIds = signals.Values.Select(s => s.TeamId).Distinct().ToList();
        var teams = await DeskReading.TeamsAsync(db, teamIds, ct);
        var named = teams.Values.SelectMany(t => t.Rules).Select(r => r.PolicyId).OfType<Guid>().Distinct().ToList();
        var policies = await db.EscalationPolicies.AsNoTracking().Where(p => named.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        var reached = await DeskReading.FirstLevelsAsync(db, policies.Values, now, ct);
        var silences = await db.Silences.AsNoTracking().Where(s => teamIds.Contains(s.TeamId) && s.StartsAt <= now && s.EndsAt > now).OrderByDescending(s => s.EndsAt).ToListAsync(ct);
        var joined = signals.Values.Select(s => s.PageId).OfType<Guid>().Distinct().ToList();
        var hour = now.AddHours(-1);
        // Where a rule asks for it, pages of other teams count too: they may explain a signal, or have called the same person.
        var everywhere = teams.Values.SelectMany(t => t.Rules).Any(r => r.Quiet is { UnderDependency: true } or { PagesPerHour: not null });
        // The indexes over what is not resolved, and over when it opened, keep this as small as what goes on.
        var pages = await db.Pages.Where(p => joined.Contains(p.Id) || ((p.State != PageState.Resolved || p.OpenedAt > hour) && (everywhere || teamIds.Contains(p.TeamId)))).ToListAsync(ct);
        var desk = new PagingDesk(
            (team, _) => teams[team], policies.ToDictionary(p => p.Key, p => new PolicyTerms(p.Value.Name, _ => reached[p.Key])), await DeskReading.NeedsAsync(db, teams.Values, ct), () => Guid.CreateVersion7(now));
        await DeskReading.RememberAsync(desk, db, pages, teams, now, ct);
        return new(change, desk, events, due, signals, policies, silences, pages);
    }

    public async Task DecideAsync(CancellationToken ct)
    {
        foreach (var signal in Due)
            Resume(signal, ReasonOfResuming(signal));
        foreach (var one in Events)
        {
            var signal = signals[one.SignalId];
            switch (one.Kind)
            {
                case SignalEventKind.Fired or SignalEventKind.Changed:
                    Fire(one, signal);
                    break;
                case SignalEventKind.Acknowledged:
                    Acknowledge(one, signal);
                    break;
                case SignalEventKind.Resolved:
                    break;
                case SignalEventKind.Repeated:
                    one.Decide(SignalOutcome.Deduplicated, "It repeats what was known.", change.Now);
                    break;
                // Written with their decision.
                case SignalEventKind.Resumed:
                default:
                    throw new InvalidOperationException($"An event {one.Kind} does not wait for a decision.");
            }
        }
        await JoinWaitingAsync(ct);
        await EndAsync(ct);
        change.Audit("signals.decided", "signals", "batch", "Signals", new { Events = Events.Count, Resumed = Due.Count, Outcomes = Events.GroupBy(e => e.Outcome).ToDictionary(g => g.Key?.ToString() ?? "", g => g.Count()) });
        change.Publish(PageAddresses.Topic);
    }

    private static string ReasonOfResuming(Signal signal) => signal.HeldAs switch
    {
        SignalOutcome.Silenced => "The silence that covered it is over, and it fires still.",
        SignalOutcome.Inhibited => "The page that explained it is over, and it fires still.",
        SignalOutcome.NoOneOnCall => "It waited for somebody to be on call.",
        _ => "Its time to wait for more of its kind is over.",
    };

    /// <summary>Gives a signal that waited a line of its own. One that goes on waiting for somebody on call is only looked at again later.</summary>
    private void Resume(Signal signal, string note)
    {
        var waited = signal.HeldAs;
        var one = new SignalEvent(signal, SignalEventKind.Resumed, change.Now, note);
        Fire(one, signal);
        if (one.Outcome != SignalOutcome.NoOneOnCall || waited != SignalOutcome.NoOneOnCall)
            change.Db.SignalEvents.Add(one);
    }

    private void Fire(SignalEvent one, Signal signal)
    {
        if (silences.FirstOrDefault(s => s.Covers(signal, change.Now)) is { } silence)
        {
            signal.Silence(silence.Id, change.Now);
            one.Silence(silence.Id, $"{silence.PlannedByName} silenced it until {silence.EndsAt:yyyy-MM-dd HH:mm} UTC: {silence.Reason}", change.Now);
            return;
        }
        var verdict = desk.Decide(SignalFacts.Of(signal), change.Now);
        one.Decide(verdict.Outcome, verdict.Reason, change.Now, verdict.Page?.Id);
        if (verdict.Hold is { } hold)
        {
            signal.Wait(verdict.Outcome, hold, change.Now);
            return;
        }
        signal.Release();
        if (verdict.Page is not { } at)
            return;
        if (verdict.Opens)
            Open(signal, at, verdict);
        else
            Join(signal, pages[at.Id]);
        signal.Join(at.Id);
    }

    private void Open(Signal signal, DeskPage at, Verdict verdict)
    {
        var policy = policies[at.PolicyId];
        var title = verdict.Outcome == SignalOutcome.Capped ? "More than the cap of pages allows" : signal.Title;
        var page = new Page(at.Id, at.TeamId, at.ServiceId, at.Group, title, signal.Severity, policy, policy.Levels, verdict.Reason, change.Now, at.CalledFirst);
        change.Db.Pages.Add(page);
        pages.Add(page.Id, page);
        Say(page, $"Opened. {page.Reason}");
        change.Audit("page.opened", "page", page.Id, page.Title, new { Signal = signal.Id, page.Reason });
        opened.Add((at.TeamId, at.Group));
    }

    private void Join(Signal signal, Page page)
    {
        var severity = page.Severity;
        var again = page.Join(signal.Severity, change.Now);
        if (page.Severity > severity)
            Say(page, again ? $"{SeverityWords.Word(signal.Severity)} now, so people are called again: {signal.Title}" : $"{SeverityWords.Word(signal.Severity)} now: {signal.Title}");
    }

    /// <summary>What waited for more of its group belongs to the page that opened with the last of them.</summary>
    private async Task JoinWaitingAsync(CancellationToken ct)
    {
        if (opened.Count == 0)
            return;
        var teams = opened.Select(o => o.Team).Distinct().ToList();
        var stored = await change.Db.Signals.Where(s => s.HeldAs == SignalOutcome.Held && s.State != SignalState.Resolved && teams.Contains(s.TeamId)).ToListAsync(ct);
        // What this batch has held, or given a page, says so only here, not yet in the database.
        foreach (var signal in signals.Values.Concat(stored).Distinct().Where(IsCompleted).OrderBy(s => s.Id).ToList())
        {
            signals.TryAdd(signal.Id, signal);
            Resume(signal, "As many of its kind as the rule asks for have begun.");
        }

        bool IsCompleted(Signal signal) =>
            signal is { HeldAs: SignalOutcome.Held, HeldGroup: { } group } && signal.State != SignalState.Resolved && opened.Contains((signal.TeamId, group));
    }

    private void Acknowledge(SignalEvent one, Signal signal)
    {
        if (signal.PageId is not { } id || !pages.TryGetValue(id, out var page))
        {
            one.Decide(SignalOutcome.Recorded, "Its sender says that somebody is at it. It called nobody here.", change.Now);
            return;
        }
        var first = page.Acknowledge(null, OriginWords.Of(signal.Origin), AcknowledgedAs.Source, AcknowledgedVia.Source, change.Now);
        if (first)
        {
            Say(page, $"Acknowledged in {OriginWords.Of(signal.Origin)}.");
            desk.Quieten(id);
        }
        one.Decide(SignalOutcome.Recorded, first ? "Its sender says that somebody is at it, so nobody else is called." : "Its sender says that somebody is at it, as the page had it.", change.Now, page.Id);
    }

    /// <summary>A page ends with the last of its signals, also of those that are not in this batch.</summary>
    private async Task EndAsync(CancellationToken ct)
    {
        var ended = Events.Where(e => e.Kind == SignalEventKind.Resolved).ToList();
        var pageIds = ended.Select(e => signals[e.SignalId].PageId).OfType<Guid>().Distinct().ToList();
        var known = signals.Keys.ToList();
        var firing = await change.Db.Signals.Where(s => s.PageId != null && pageIds.Contains(s.PageId.Value) && s.State != SignalState.Resolved && !known.Contains(s.Id))
            .GroupBy(s => s.PageId!.Value).Select(g => g.Key).ToListAsync(ct);
        firing.AddRange(signals.Values.Where(s => s.State != SignalState.Resolved).Select(s => s.PageId).OfType<Guid>());
        foreach (var id in pageIds.Except(firing).Where(pages.ContainsKey))
        {
            if (pages[id].Resolve(Page.SignalsEnded, change.Now))
                Say(pages[id], "Resolved: everything that it was about has ended.");
        }
        foreach (var one in ended)
        {
            var page = signals[one.SignalId].PageId is { } id ? pages.GetValueOrDefault(id) : null;
            one.Decide(page is { State: PageState.Resolved } ? SignalOutcome.Closed : SignalOutcome.Recorded,
                page switch
                {
                    null => "It has ended. It called nobody.",
                    { State: PageState.Resolved } => "It has ended, and with it the page.",
                    _ => "It has ended; others of the page go on.",
                }, change.Now, page?.Id);
        }
        await MessagesOfEnded.CancelAsync(change.Db, [.. pages.Values.Where(p => p.State != PageState.Open).Select(p => p.Id)], ct);
    }

    private void Say(Page page, string sentence) => change.Db.PageEvents.Add(new PageEvent(page.Id, change.Now, sentence.Length <= 2000 ? sentence : sentence[..2000]));
}
