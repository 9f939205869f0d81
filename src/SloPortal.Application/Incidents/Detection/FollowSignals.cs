using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Detection.Deciding;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection;
using SloPortal.Domain.Incidents.Detection.Deciding;

namespace SloPortal.Application.Incidents.Detection;

/// <summary>
/// Watches alerts and deployments for the incidents: a page that belongs to none proposes one, later alerts join, and what happened
/// enters the timelines by itself. It looks at how things stand, not at what was sent, so that nothing is missed and nothing stands twice.
/// </summary>
public sealed class FollowSignals : IPass, IDisposable
{
    /// <summary>
    /// A page that fires still is proposed for so long after it began, one that has ended for an hour: what is older somebody has seen,
    /// or it was recorded afterwards. Product policy.
    /// </summary>
    private static readonly TimeSpan Firing = TimeSpan.FromDays(1);
    private static readonly TimeSpan Ended = TimeSpan.FromHours(1);

    private static readonly Actor Portal = Actor.System("signals");

    private readonly UnitOfWork work;
    private readonly IDbContextFactory<PortalDbContext> contexts;
    private readonly DecisionFactsReader known;
    private readonly List<IDisposable> subscriptions;
    private volatile bool woken = true;

    public FollowSignals(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, DecisionFactsReader known, PortalEvents events)
    {
        ArgumentNullException.ThrowIfNull(events);
        this.work = work;
        this.contexts = contexts;
        this.known = known;
        string[] topics = ["alerts", "deployments", IncidentToChange.Topic];
        subscriptions = [.. topics.Select(topic => events.Subscribe(topic, _ => woken = true))];
    }

    public string Name => "follow-signals";

    /// <summary>At once after a notice; now and then in any case, since notices can be lost.</summary>
    public TimeSpan Every => woken ? PassRunner.Soon : TimeSpan.FromSeconds(5);

    public async Task RunAsync(DateTimeOffset now, CancellationToken ct)
    {
        woken = false;
        await JoinAsync(ct);
        await ProposeAsync(now, ct);
        await WriteAsync(now, ct);
    }

    public void Dispose() => subscriptions.ForEach(s => s.Dispose());

    private async Task JoinAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        foreach (var number in await Signals.AlertsToJoin(db).Select(j => j.Number).Distinct().ToListAsync(ct))
        {
            await work.ChangeAsync<FollowSignals, Done>(this, Portal, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                var alerts = await Signals.AlertsToJoin(change.Db).Where(j => j.Number == number).ToListAsync(ct);
                foreach (var alert in alerts)
                    incident.Join(alert.AlertId, alert.ObjectiveId, alert.ServiceId);
                change.Audit("incident.alerts_joined", "incident", incident.Id, IncidentToChange.Named(incident), new { Alerts = alerts.Select(a => a.AlertId) });
                change.Publish(Timeline.TimelineWriter.Topic(incident.Id));
                return Done.Value;
            }, ct);
        }
    }

    // The indexes of the table let one alert, and one waiting proposal of an objective, in once, whoever is first.
    private async Task ProposeAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var pages = await Signals.PagesToPropose(db, now - Firing, now - Ended).ToListAsync(ct);
        foreach (var page in pages.GroupBy(p => p.ObjectiveId).Select(g => g.First()))
        {
            var facts = await known.ReadAsync(db, page.AlertId, ct);
            await work.ChangeAsync<FollowSignals, Done>(this, Portal, Permission.Respond, async change =>
            {
                var proposal = new IncidentProposal(Guid.CreateVersion7(change.Now), page.ObjectiveId, page.AlertId, change.Now);
                var recommended = new ProposalRecommendation(proposal.Id, await DecisionPolicies.InForceAsync(change.Db, ct), facts, change.Now);
                change.Db.IncidentProposals.Add(proposal);
                change.Db.ProposalRecommendations.Add(recommended);
                change.Audit("incident_proposal.made", "incident_proposal", proposal.Id, page.Name,
                    new { page.AlertId, page.FiredAt, Policy = recommended.PolicyNumber, recommended.Row, recommended.Severity, recommended.WarRoom, recommended.Facts });
                change.Tell(await IncidentPeople.CommandersAsync(change.Db, ct), $"{page.Name} burns its budget; recommended: {recommended.Said.Words}. Decide whether it is an incident.", IncidentAddresses.List);
                change.Publish(IncidentToChange.Topic);
                return Done.Value;
            }, ct);
        }
    }

    private async Task WriteAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        foreach (var number in await Signals.IncidentsWithNewsAsync(db, now, ct))
        {
            await work.ChangeAsync<FollowSignals, Done>(this, Portal, Permission.Respond, async change =>
            {
                var found = await IncidentToChange.FindAsync(change, number, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var entries = await Signals.NewsAsync(change.Db, found.Value, change.Now, ct);
                await Timeline.TimelineWriter.AppendAsync(change, found.Value, entries, ct);
                change.Audit("incident.signals_recorded", "incident", found.Value.Id, IncidentToChange.Named(found.Value), new { Entries = entries.Select(e => e.ClientKey) });
                return Done.Value;
            }, ct);
        }
    }
}
