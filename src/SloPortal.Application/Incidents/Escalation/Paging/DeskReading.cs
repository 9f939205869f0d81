using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.OnCall;
using SloPortal.Application.Incidents.OnCall.Hours;
using SloPortal.Data;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Escalation.Deciding;
using SloPortal.Domain.Incidents.Escalation.Quiet;

namespace SloPortal.Application.Incidents.Escalation.Paging;

/// <summary>What is read for the decision about signals of some teams.</summary>
internal static class DeskReading
{
    public static async Task<Dictionary<Guid, TeamTerms>> TeamsAsync(PortalDbContext db, IReadOnlyCollection<Guid> teamIds, CancellationToken ct)
    {
        var names = await db.Teams.Where(t => teamIds.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, ct);
        var rules = await db.PagingRules.AsNoTracking().Where(r => teamIds.Contains(r.TeamId)).ToDictionaryAsync(r => r.TeamId, r => r.Rules, ct);
        var teams = new Dictionary<Guid, TeamTerms>();
        foreach (var team in teamIds)
            teams[team] = new(names[team], rules.GetValueOrDefault(team) ?? [], await TeamHours.OfAsync(db, team, ct));
        return teams;
    }

    /// <summary>Whom the first level of each policy reaches at the instant: open accounts only.</summary>
    public static async Task<Dictionary<Guid, IReadOnlyList<Guid>>> FirstLevelsAsync(PortalDbContext db, IEnumerable<EscalationPolicy> policies, DateTimeOffset at, CancellationToken ct)
    {
        var firsts = policies.ToDictionary(p => p.Id, p => p.Levels[0].Targets);
        var schedules = firsts.Values.SelectMany(t => t).Where(t => t.Kind == EscalationTargetKind.Schedule).Select(t => t.Id).Distinct().ToList();
        var named = firsts.Values.SelectMany(t => t).Where(t => t.Kind == EscalationTargetKind.Person).Select(t => t.Id).Distinct().ToList();
        var onCall = await OnCallPeople.AtAsync(db, schedules, at, ct);
        var accounts = await db.Users.Where(u => named.Contains(u.Id) && u.DisabledAt == null).Select(u => u.Id).ToHashSetAsync(ct);
        return firsts.ToDictionary(
            f => f.Key,
            IReadOnlyList<Guid> (f) => [.. f.Value.SelectMany(t => t.Kind == EscalationTargetKind.Schedule ? onCall[t.Id] : accounts.Contains(t.Id) ? [t.Id] : []).Distinct()]);
    }

    /// <summary>
    /// By service, the services without which it cannot work, over any number of steps. Read only where a rule asks for it. What has something
    /// that stands in for it does not count.
    /// </summary>
    public static async Task<IReadOnlyDictionary<Guid, IReadOnlySet<Guid>>> NeedsAsync(PortalDbContext db, IEnumerable<TeamTerms> teams, CancellationToken ct)
    {
        if (!teams.SelectMany(t => t.Rules).Any(r => r.Quiet is { UnderDependency: true }))
            return new Dictionary<Guid, IReadOnlySet<Guid>>();
        var steps = (await db.Dependencies.AsNoTracking().Where(d => d.Kind == DependencyKind.Hard && d.GroupId == null && d.OnServiceId != null)
            .Select(d => new { d.ServiceId, On = d.OnServiceId!.Value }).ToListAsync(ct)).ToLookup(d => d.ServiceId, d => d.On);
        return steps.ToDictionary(s => s.Key, IReadOnlySet<Guid> (s) => Reached(s.Key, steps));
    }

    /// <summary>What of the past the decisions look at: open pages, those of the last hour, and what waits for more of its group.</summary>
    public static async Task RememberAsync(PagingDesk desk, PortalDbContext db, IReadOnlyCollection<Page> pages, IReadOnlyDictionary<Guid, TeamTerms> teams, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var page in pages)
            desk.Remember(Seen(page));
        var longest = teams.Values.SelectMany(t => t.Rules).Select(r => r.Quiet).OfType<QuietTerms>().Where(q => q.Waits).Select(q => q.WithinMinutes).DefaultIfEmpty().Max();
        if (longest == 0)
            return;
        var since = now - TimeSpan.FromMinutes(longest);
        var waited = await db.Signals.Where(s => s.HeldGroup != null && s.FirstReceivedAt > since && teams.Keys.Contains(s.TeamId)).Select(s => new { s.Id, s.TeamId, s.HeldGroup, s.FirstReceivedAt }).ToListAsync(ct);
        foreach (var signal in waited)
            desk.Remember(signal.TeamId, signal.HeldGroup!, signal.Id, signal.FirstReceivedAt);
    }

    public static DeskPage Seen(Page page) => new(page.Id, $"page {page.Number}", page.TeamId, page.ServiceId, page.GroupKey, page.PolicyId ?? Guid.Empty, page.OpenedAt, page.CalledFirst)
    {
        Severity = page.Severity,
        IsOpen = page.State != PageState.Resolved,
        IsQuiet = page.State == PageState.Acknowledged || page.ExhaustedAt is not null,
    };

    private static HashSet<Guid> Reached(Guid from, ILookup<Guid, Guid> steps)
    {
        var reached = new HashSet<Guid>();
        var next = new Stack<Guid>(steps[from]);
        while (next.TryPop(out var service))
        {
            if (service != from && reached.Add(service))
            {
                foreach (var further in steps[service])
                    next.Push(further);
            }
        }
        return reached;
    }
}
