using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Escalation;
using SloPortal.Application.Incidents.Escalation.Paging;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Response.Teams;

/// <summary>Pages by which a team is called to an incident, until somebody leads its part.</summary>
internal static class TeamCalls
{
    /// <summary>Calls by the first of the team's paging rules that calls anybody at this severity and hour.</summary>
    /// <returns>The name of the escalation policy; null where nobody is called, since no rule does, or since the incident is restricted and a page is not.</returns>
    public static async Task<string?> OpenAsync(Change change, Incident incident, Team team, string part, CancellationToken ct)
    {
        var group = GroupOf(incident.Id, team.Id);
        if (incident.IsRestricted || await PolicyAsync(change, team, SeverityOf(incident.Severity), ct) is not { } policy)
            return null;
        if (await change.Db.Pages.AnyAsync(p => p.TeamId == team.Id && p.GroupKey == group && p.State != PageState.Resolved, ct))
            return policy.Name;
        var title = $"{incident.Code} needs {team.Name}: {part}";
        var page = new Page(
            Guid.CreateVersion7(change.Now), team.Id, null, group, title, SeverityOf(incident.Severity), policy, policy.Levels, $"{change.Actor.Name} asks for {team.Name}.", change.Now);
        change.Db.Pages.Add(page);
        change.Db.PageEvents.Add(new PageEvent(page.Id, change.Now, $"Opened by {change.Actor.Name}, who asks for {team.Name}."));
        await change.Db.SaveChangesAsync(ct);
        change.Audit("page.asked", "page", page.Id, page.Title, new { page.Number, Policy = policy.Id });
        change.Publish(PageAddresses.Topic);
        return policy.Name;
    }

    /// <summary>Somebody leads the team's part, or it is over: nobody is called any more.</summary>
    /// <param name="team">Null for every team that is called to the incident.</param>
    public static async Task EndAsync(Change change, Guid incident, Guid? team, string because, CancellationToken ct)
    {
        var groups = team is { } one ? GroupOf(incident, one) : GroupsOf(incident);
        foreach (var page in await change.Db.Pages.Where(p => p.GroupKey.StartsWith(groups) && p.State != PageState.Resolved).ToListAsync(ct))
        {
            page.Resolve(because, change.Now);
            await MessagesOfEnded.CancelAsync(change.Db, [page.Id], ct);
            change.Db.PageEvents.Add(new PageEvent(page.Id, change.Now, because));
            change.Audit("page.resolved", "page", page.Id, page.Title, new { page.Number });
            change.Publish(PageAddresses.Topic);
        }
    }

    /// <summary>The incidents are not for everybody any more, and everybody sees pages: they are over, and say no more what they were about.</summary>
    /// <returns>The addresses of these pages, to which notices lead that name the incident.</returns>
    public static async Task<IReadOnlyList<string>> ForgetAsync(Change change, IReadOnlyCollection<Guid> incidents, CancellationToken ct)
    {
        var addresses = new List<string>();
        foreach (var incident in incidents)
        {
            var groups = GroupsOf(incident);
            var pages = await change.Db.Pages.Where(p => p.GroupKey.StartsWith(groups)).ToListAsync(ct);
            pages.ForEach(p => p.Forget(change.Now));
            await MessagesOfEnded.CancelAsync(change.Db, pages.ConvertAll(p => p.Id), ct);
            addresses.AddRange(pages.Select(p => PageAddresses.Of(p.Number)));
            if (pages.Count > 0)
                change.Publish(PageAddresses.Topic);
        }
        return addresses;
    }

    /// <summary>With this the groups of all pages begin that call to the incident.</summary>
    public static string GroupsOf(Guid incident) => $"{Page.AskGroup}{incident}\n";

    private static string GroupOf(Guid incident, Guid team) => GroupsOf(incident) + team;

    private static async Task<EscalationPolicy?> PolicyAsync(Change change, Team team, SignalSeverity severity, CancellationToken ct)
    {
        var terms = (await DeskReading.TeamsAsync(change.Db, [team.Id], ct))[team.Id];
        var business = terms.Hours?.Covers(change.Now) ?? true;
        var called = terms.Rules.Where(r => r.Action == PagingAction.Page && r.Fits(severity, null, business)).Select(r => r.PolicyId).OfType<Guid>().ToList();
        var policies = await change.Db.EscalationPolicies.AsNoTracking().Where(p => called.Contains(p.Id) && p.ArchivedAt == null).ToDictionaryAsync(p => p.Id, ct);
        return called.Where(policies.ContainsKey).Select(id => policies[id]).FirstOrDefault();
    }

    private static SignalSeverity SeverityOf(IncidentSeverity severity) => severity switch
    {
        IncidentSeverity.Sev1 => SignalSeverity.Critical,
        IncidentSeverity.Sev2 => SignalSeverity.Error,
        IncidentSeverity.Sev3 => SignalSeverity.Warning,
        IncidentSeverity.Sev4 => SignalSeverity.Info,
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, null),
    };
}
