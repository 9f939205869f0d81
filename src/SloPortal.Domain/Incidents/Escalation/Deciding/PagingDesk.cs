using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation.Quiet;

namespace SloPortal.Domain.Incidents.Escalation.Deciding;

/// <summary>
/// Decides about signals one after the other, and remembers what follows for the next: the pages that are open, what waits, whom pages
/// have called within the hour. Whoever holds it gives it the past that matters, and tells it what ends.
/// </summary>
/// <param name="teams">The terms of a team as they were at a moment.</param>
/// <param name="needs">By service, the services without which it cannot work.</param>
public sealed class PagingDesk(
    Func<Guid, DateTimeOffset, TeamTerms> teams, IReadOnlyDictionary<Guid, PolicyTerms> policies, IReadOnlyDictionary<Guid, IReadOnlySet<Guid>> needs, Func<Guid> newPageId)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>How often it is looked whether somebody has come on call.</summary>
    private static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(15);

    private readonly Dictionary<(Guid Team, string Group), DeskPage> open = [];
    private readonly List<DeskPage> recent = [];
    private readonly Dictionary<(Guid Team, string Group), HashSet<(Guid Signal, DateTimeOffset BeganAt)>> waiting = [];

    /// <summary>A page that is open, or opened within the last hour.</summary>
    public void Remember(DeskPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        recent.Add(page);
        if (page.IsOpen)
            open[(page.TeamId, page.Group)] = page;
    }

    /// <summary>A signal that waits, or waited, for more of its group.</summary>
    public void Remember(Guid teamId, string group, Guid signal, DateTimeOffset beganAt)
    {
        if (!waiting.TryGetValue((teamId, group), out var others))
            waiting.Add((teamId, group), others = []);
        others.Add((signal, beganAt));
    }

    /// <summary>The page has ended; what comes of its group opens another.</summary>
    public void End(DeskPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        page.IsOpen = false;
        if (open.TryGetValue((page.TeamId, page.Group), out var known) && known.Id == page.Id)
            open.Remove((page.TeamId, page.Group));
    }

    /// <summary>Somebody has the page, so nobody else is called about it.</summary>
    public void Quieten(Guid pageId)
    {
        if (recent.Find(p => p.Id == pageId) is { } page)
            page.IsQuiet = true;
    }

    /// <param name="signal">It fires, for the first time, more severely than before, or after it was kept quiet.</param>
    public Verdict Decide(SignalFacts signal, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(signal);
        var team = teams(signal.TeamId, now);
        if (team.Rules.Count == 0)
            return new(SignalOutcome.NoPolicy, $"{team.Name} has no paging rules, so nobody is called.");
        var business = team.Hours?.Covers(now) ?? true;
        var circumstances = $"the severity is {SeverityWords.Word(signal.Severity).ToLowerInvariant()}{(team.Hours is null ? "" : business ? ", in business hours" : ", outside business hours")}";
        if (team.Rules.Index().FirstOrDefault(r => r.Item.Fits(signal.Severity, signal.ServiceId, business)) is not { Item: { } rule } found)
            return new(SignalOutcome.NoPolicy, $"No paging rule of {team.Name} fits: {circumstances}.");
        var name = $"Rule {found.Index + 1} of {team.Name}";
        if (rule.Action == PagingAction.Record)
            return new(SignalOutcome.Recorded, $"{name} records it and calls nobody: {circumstances}.");
        if (rule.PolicyId is not { } policyId || !policies.TryGetValue(policyId, out var policy))
            return new(SignalOutcome.NoPolicy, $"{name} calls by an escalation policy that is not there any more.");
        var because = $"{name} calls by \"{policy.Name}\": {circumstances}.";
        return Join(signal, GroupKey.Of(signal, rule)) ?? Wait(signal, rule.Quiet ?? QuietTerms.None, GroupKey.Of(signal, rule), name, policy, now)
            ?? Open(signal, rule, policyId, policy, name, because, now);
    }

    private Verdict? Join(SignalFacts signal, string group)
    {
        if (!open.TryGetValue((signal.TeamId, group), out var page))
            return null;
        var again = page.Join(signal.Severity);
        return new(SignalOutcome.JoinedPage, again ? "It is more severe than what the page began with, so people are called again." : "It belongs to a page that is open already.", page, CallsAgain: again);
    }

    /// <summary>What keeps it from opening a page; null where nothing does.</summary>
    private Verdict? Wait(SignalFacts signal, QuietTerms quiet, string group, string rule, PolicyTerms policy, DateTimeOffset now)
    {
        if (quiet.UnderDependency && signal.ServiceId is { } service && needs.TryGetValue(service, out var needed)
            && open.Values.Where(p => p.ServiceId is { } on && needed.Contains(on) && p.Severity >= signal.Severity).MinBy(p => p.OpenedAt) is { } cause)
        {
            return new(SignalOutcome.Inhibited, $"{rule} keeps it quiet while {cause.Name} is open, which is about a service that its own cannot work without.", Hold: new(null, UnderPage: cause.Id));
        }
        if (quiet.Waits)
        {
            Remember(signal.TeamId, group, signal.Id, signal.BeganAt);
            var since = now - TimeSpan.FromMinutes(quiet.WithinMinutes);
            var count = waiting[(signal.TeamId, group)].Count(o => o.BeganAt > since);
            if (count < quiet.Signals)
            {
                var until = signal.BeganAt + TimeSpan.FromMinutes(quiet.WithinMinutes);
                return until > now
                    ? new(SignalOutcome.Held, $"{rule} calls once {quiet.Signals} of its kind have begun within {quiet.WithinMinutes} min; this is number {count}.", Hold: new(until, group))
                    : new(SignalOutcome.Recorded, $"{rule} calls once {quiet.Signals} of its kind have begun within {quiet.WithinMinutes} min; there were {Math.Max(count, 1)}, so nobody is called.");
            }
        }
        if (quiet.NobodyMinutes > 0 && policy.Reaches(now).Count == 0)
        {
            var since = signal.Held == SignalOutcome.NoOneOnCall ? signal.HeldSince ?? now : now;
            var until = since + TimeSpan.FromMinutes(quiet.NobodyMinutes);
            if (until > now)
            {
                var look = now + LooksEvery;
                return new(SignalOutcome.NoOneOnCall, $"Nobody is on call at the first level of \"{policy.Name}\". {rule} waits {quiet.NobodyMinutes} min for somebody, and then calls the next level.", Hold: new(look < until ? look : until));
            }
        }
        return null;
    }

    private Verdict Open(SignalFacts signal, PagingRule rule, Guid policyId, PolicyTerms policy, string name, string because, DateTimeOffset now)
    {
        var people = policy.Reaches(now);
        var quiet = rule.Quiet ?? QuietTerms.None;
        if (quiet.PagesPerHour is { } cap && people.Count > 0 && people.All(p => recent.Count(r => r.OpenedAt > now - Hour && r.CalledFirst.Contains(p)) >= cap))
        {
            var above = $"{name} lets {(cap == 1 ? "one page" : $"{cap} pages")} an hour call the same person, and all at the first level have had them.";
            if (quiet.AboveCap == AboveCap.Record)
                return new(SignalOutcome.Capped, $"{above} It calls nobody.");
            if (open.TryGetValue((signal.TeamId, GroupKey.AboveCap(policyId)), out var collecting))
            {
                var again = collecting.Join(signal.Severity);
                return new(SignalOutcome.Capped, $"{above} It joins the page for what comes on top{(again ? ", and is more severe than what was there, so people are called again" : "")}.", collecting, CallsAgain: again);
            }
            return Opened(signal with { ServiceId = null }, GroupKey.AboveCap(policyId), policyId, people, SignalOutcome.Capped, $"{above} What comes on top shares one page.", now);
        }
        return Opened(signal, GroupKey.Of(signal, rule), policyId, people, SignalOutcome.Paged, because, now);
    }

    private Verdict Opened(SignalFacts signal, string group, Guid policyId, IReadOnlyList<Guid> people, SignalOutcome outcome, string reason, DateTimeOffset now)
    {
        var page = new DeskPage(newPageId(), "the page that has just opened", signal.TeamId, signal.ServiceId, group, policyId, now, people) { Severity = signal.Severity };
        Remember(page);
        waiting.Remove((signal.TeamId, group));
        return new(outcome, reason, page, Opens: true);
    }
}
