using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.OnCall.Hours;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Incidents.Escalation.Paging;

/// <summary>What the decision of a batch of events needs, and the decision.</summary>
internal sealed class DecisionBook
{
    private readonly Change change;
    private readonly IReadOnlyList<SignalEvent> events;
    private readonly Dictionary<Guid, Signal> signals;
    private readonly Dictionary<Guid, TeamPaging> teams;
    private readonly Dictionary<Guid, EscalationPolicy> policies;
    private readonly Dictionary<(Guid Team, string Group), Page> open;
    private readonly Dictionary<Guid, Page> byId;

    private DecisionBook(
        Change change, IReadOnlyList<SignalEvent> events, Dictionary<Guid, Signal> signals, Dictionary<Guid, TeamPaging> teams, Dictionary<Guid, EscalationPolicy> policies, IEnumerable<Page> pages)
    {
        this.change = change;
        this.events = events;
        this.signals = signals;
        this.teams = teams;
        this.policies = policies;
        byId = pages.ToDictionary(p => p.Id);
        open = byId.Values.Where(p => p.State != PageState.Resolved).ToDictionary(p => (p.TeamId, p.GroupKey));
    }

    private sealed record TeamPaging(string Name, PagingRules? Rules, BusinessHours? Hours);

    public int Count => events.Count;

    public static async Task<DecisionBook> ReadAsync(Change change, int most, CancellationToken ct)
    {
        var db = change.Db;
        // Of two portals that both decide, one waits here, and then finds only what the other has left.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"decide-signals"}, 0))", ct);
        var events = await db.SignalEvents.Where(e => e.DecidedAt == null).OrderBy(e => e.Id).Take(most).ToListAsync(ct);
        var ids = events.Select(e => e.SignalId).Distinct().ToList();
        var signals = await db.Signals.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
        var teamIds = signals.Values.Select(s => s.TeamId).Distinct().ToList();
        var names = await db.Teams.Where(t => teamIds.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, ct);
        var rules = await db.PagingRules.AsNoTracking().Where(r => teamIds.Contains(r.TeamId)).ToDictionaryAsync(r => r.TeamId, ct);
        var teams = new Dictionary<Guid, TeamPaging>();
        foreach (var team in teamIds)
            teams[team] = new(names[team], rules.GetValueOrDefault(team), await TeamHours.OfAsync(db, team, ct));
        var named = rules.Values.SelectMany(r => r.Rules).Select(r => r.PolicyId).OfType<Guid>().Distinct().ToList();
        var policies = await db.EscalationPolicies.AsNoTracking().Where(p => named.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        var joined = signals.Values.Select(s => s.PageId).OfType<Guid>().Distinct().ToList();
        // The index over what is not resolved keeps this as small as what goes on.
        var pages = await db.Pages.Where(p => joined.Contains(p.Id) || (p.State != PageState.Resolved && teamIds.Contains(p.TeamId))).ToListAsync(ct);
        return new(change, events, signals, teams, policies, pages);
    }

    public async Task DecideAsync(CancellationToken ct)
    {
        foreach (var one in events)
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
                default:
                    throw new InvalidOperationException($"Unknown event {one.Kind}.");
            }
        }
        await EndAsync(ct);
        change.Audit("signals.decided", "signals", "batch", "Signals", new { Events = events.Count, Outcomes = events.GroupBy(e => e.Outcome).ToDictionary(g => g.Key?.ToString() ?? "", g => g.Count()) });
        change.Publish(PageAddresses.Topic);
    }

    private void Fire(SignalEvent one, Signal signal)
    {
        var team = teams[signal.TeamId];
        var business = team.Hours?.Covers(change.Now) ?? true;
        if (team.Rules is not { Rules.Count: > 0 } table)
        {
            one.Decide(SignalOutcome.NoPolicy, $"{team.Name} has no paging rules, so nobody is called.", change.Now);
            return;
        }
        if (table.Choose(signal.Severity, signal.ServiceId, business) is not { } place)
        {
            one.Decide(SignalOutcome.NoPolicy, $"No paging rule of {team.Name} fits: {Words(signal.Severity)}{Hours(team, business)}.", change.Now);
            return;
        }
        var rule = table.Rules[place];
        var name = $"Rule {place + 1} of {team.Name}";
        if (rule.Action == PagingAction.Record)
        {
            one.Decide(SignalOutcome.Recorded, $"{name} records it and calls nobody: {Words(signal.Severity)}{Hours(team, business)}.", change.Now);
            return;
        }
        if (rule.PolicyId is not { } id || !policies.TryGetValue(id, out var policy))
        {
            one.Decide(SignalOutcome.NoPolicy, $"{name} calls by an escalation policy that is not there any more.", change.Now);
            return;
        }
        var group = GroupKey.Of(signal, rule);
        if (open.TryGetValue((signal.TeamId, group), out var page))
        {
            var severity = page.Severity;
            var again = page.Join(signal.Severity, change.Now);
            if (page.Severity > severity)
                Say(page, again ? $"{SeverityWords.Word(signal.Severity)} now, so people are called again: {signal.Title}" : $"{SeverityWords.Word(signal.Severity)} now: {signal.Title}");
            one.Decide(SignalOutcome.JoinedPage, again ? "It is more severe than what the page began with, so people are called again." : "It belongs to a page that is open already.", change.Now, page.Id);
        }
        else
        {
            page = new Page(Guid.CreateVersion7(change.Now), signal.TeamId, signal.ServiceId, group, signal.Title, signal.Severity, policy, policy.Levels,
                $"{name} calls by \"{policy.Name}\": {Words(signal.Severity)}{Hours(team, business)}.", change.Now);
            change.Db.Pages.Add(page);
            open.Add((signal.TeamId, group), page);
            byId.Add(page.Id, page);
            Say(page, $"Opened. {page.Reason}");
            one.Decide(SignalOutcome.Paged, page.Reason, change.Now, page.Id);
            change.Audit("page.opened", "page", page.Id, page.Title, new { Signal = signal.Id, page.Reason });
        }
        signal.Join(page.Id);
    }

    private void Acknowledge(SignalEvent one, Signal signal)
    {
        if (signal.PageId is not { } id || !byId.TryGetValue(id, out var page))
        {
            one.Decide(SignalOutcome.Recorded, "Its sender says that somebody is at it. It called nobody here.", change.Now);
            return;
        }
        var first = page.Acknowledge(null, OriginWords.Of(signal.Origin), AcknowledgedAs.Source, AcknowledgedVia.Source, change.Now);
        if (first)
            Say(page, $"Acknowledged in {OriginWords.Of(signal.Origin)}.");
        one.Decide(SignalOutcome.Recorded, first ? "Its sender says that somebody is at it, so nobody else is called." : "Its sender says that somebody is at it, as the page had it.", change.Now, page.Id);
    }

    /// <summary>A page ends with the last of its signals, also of those that are not in this batch.</summary>
    private async Task EndAsync(CancellationToken ct)
    {
        var ended = events.Where(e => e.Kind == SignalEventKind.Resolved).ToList();
        var pageIds = ended.Select(e => signals[e.SignalId].PageId).OfType<Guid>().Distinct().ToList();
        var known = signals.Keys.ToList();
        var firing = await change.Db.Signals.Where(s => s.PageId != null && pageIds.Contains(s.PageId.Value) && s.State != SignalState.Resolved && !known.Contains(s.Id))
            .GroupBy(s => s.PageId!.Value).Select(g => g.Key).ToListAsync(ct);
        firing.AddRange(signals.Values.Where(s => s.State != SignalState.Resolved).Select(s => s.PageId).OfType<Guid>());
        foreach (var id in pageIds.Except(firing).Where(byId.ContainsKey))
        {
            if (byId[id].Resolve("Everything that it was about has ended.", change.Now))
                Say(byId[id], "Resolved: everything that it was about has ended.");
        }
        foreach (var one in ended)
        {
            var page = signals[one.SignalId].PageId is { } id ? byId.GetValueOrDefault(id) : null;
            one.Decide(page is { State: PageState.Resolved } ? SignalOutcome.Closed : SignalOutcome.Recorded,
                page switch
                {
                    null => "It has ended. It called nobody.",
                    { State: PageState.Resolved } => "It has ended, and with it the page.",
                    _ => "It has ended; others of the page go on.",
                }, change.Now, page?.Id);
        }
        await MessagesOfEnded.CancelAsync(change.Db, [.. byId.Values.Where(p => p.State != PageState.Open).Select(p => p.Id)], ct);
    }

    private void Say(Page page, string sentence) => change.Db.PageEvents.Add(new PageEvent(page.Id, change.Now, sentence.Length <= 2000 ? sentence : sentence[..2000]));

    private static string Hours(TeamPaging team, bool business) => team.Hours is null ? "" : business ? ", in business hours" : ", outside business hours";

    private static string Words(SignalSeverity severity) => $"the severity is {SeverityWords.Word(severity).ToLowerInvariant()}";
}
