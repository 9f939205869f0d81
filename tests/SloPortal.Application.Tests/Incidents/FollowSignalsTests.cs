using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access.Notices;
using SloPortal.Application.Changes;
using SloPortal.Application.Incidents.Detection;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection;
using SloPortal.Domain.Incidents.Timeline;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents;

public sealed class FollowSignalsTests
{
    [Fact]
    public async Task Run_PageFires_ProposesOnceAndTellsCommanders()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddAlertAsync(Noon.AddMinutes(-2));

        await world.FollowAsync();
        await world.AddAlertAsync(Noon.AddMinutes(-1));
        await world.FollowAsync();

        var proposal = Assert.Single(await WaitingAsync(world));
        Assert.Equal(30, proposal.LongBurn);
        Assert.Equal("/incidents", Assert.Single((await world.Get<ListNotices.Handler>().HandleAsync(new(), world.Commander, Ct)).Require().Notices).Address);
    }

    [Fact]
    public async Task Run_TicketFires_ProposesNothing()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddAlertAsync(Noon.AddMinutes(-2), severity: AlertSeverity.Ticket);

        await world.FollowAsync();

        Assert.Empty(await WaitingAsync(world));
    }

    [Fact]
    public async Task Run_PagesFromLongAgo_ProposesNothing()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddAlertAsync(Noon.AddDays(-2));
        await world.AddAlertAsync(Noon.AddHours(-2), Noon.AddMinutes(-90));

        await world.FollowAsync();

        Assert.Empty(await WaitingAsync(world));
    }

    [Fact]
    public async Task Run_TwoPortalsAtOnce_ProposeAndWriteOnce()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await using var second = world.Portal.Second();
        var number = await world.DeclareAsync();
        var record = world.Get<RecordDeployment.Handler>();
        (await record.HandleAsync(new(world.Service, "7.42", DeployedAt: Noon.AddHours(-1)), world.Administrator, Ct)).Require();
        await using (var db = await world.Portal.ContextAsync())
        {
            // A page of another objective, so that one is proposed and one joins.
            var other = await world.Portal.AddObjectiveAsync();
            var version = await db.ObjectiveVersions.SingleAsync(v => v.ObjectiveId == other.Id, Ct);
            db.Alerts.Add(new Alert { Id = Guid.NewGuid(), ObjectiveId = other.Id, VersionId = version.Id, Severity = AlertSeverity.Page, LongWindow = TimeSpan.FromHours(1), ShortWindow = TimeSpan.FromMinutes(5), Factor = 14, FiredAt = Noon });
            await db.SaveChangesAsync(Ct);
        }
        await world.AddAlertAsync(Noon.AddMinutes(-1));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => (i % 2 == 0 ? world.Portal : second).Pass<FollowSignals>().RunAsync(Noon, Ct), Ct)));

        Assert.Single(await WaitingAsync(world));
        var timeline = await world.TimelineAsync(number);
        Assert.Equal([EntryKind.Declared, EntryKind.Deployment, EntryKind.Alert], timeline.Select(e => e.Kind).OrderBy(k => k == EntryKind.Declared ? 0 : k == EntryKind.Deployment ? 1 : 2));
        Assert.Equal(Enumerable.Range(1, 3), timeline.Select(e => e.Number));
    }

    [Fact]
    public async Task Run_OpenIncident_GetsAlertsAndDeploymentsFromBeforeItsDeclaration()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var record = world.Get<RecordDeployment.Handler>();
        (await record.HandleAsync(new(world.Service, "7.41", DeployedAt: Noon.AddHours(-3)), world.Administrator, Ct)).Require();
        (await record.HandleAsync(new(world.Service, "7.42", DeployedAt: Noon.AddMinutes(-90)), world.Administrator, Ct)).Require();
        var alert = await world.AddAlertAsync(Noon.AddMinutes(-5));
        var number = await world.DeclareAsync();

        await world.FollowAsync();
        await world.ResolveAlertAsync(alert, Noon.AddMinutes(-1));
        await world.FollowAsync();
        await world.FollowAsync();

        var signals = (await world.TimelineAsync(number)).Where(e => e.Kind is EntryKind.Alert or EntryKind.Deployment).ToList();
        Assert.Equal([Noon.AddMinutes(-90), Noon.AddMinutes(-5), Noon.AddMinutes(-1)], signals.Select(e => e.OccurredAt));
        Assert.All(signals, e => Assert.Equal((Provenance.Observed, ActorKind.System), (e.Provenance, e.AuthorKind)));
        Assert.DoesNotContain(signals, e => e.Body.Contains("7.41", StringComparison.Ordinal));
        Assert.Equal(alert, Assert.Single((await world.ReadAsync(number)).Alerts).Id);
        Assert.Empty(await WaitingAsync(world));
    }

    [Fact]
    public async Task Confirm_BurnWithACalmStretchBefore_StartsWhenTheBurnBegan()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.Portal.CountEvenlyAsync(world.Objective.SliId, Noon.AddHours(-2), Noon.AddMinutes(-20), bad: 0, total: 100);
        await world.Portal.CountEvenlyAsync(world.Objective.SliId, Noon.AddMinutes(-20), Noon, bad: 20, total: 100);
        var alert = await world.AddAlertAsync(Noon);
        await world.FollowAsync();
        var proposal = Assert.Single(await WaitingAsync(world));

        var number = (await world.Get<ConfirmProposal.Handler>().HandleAsync(
            new(proposal.Id, IncidentSeverity.Sev1, [new(IncidentRole.Scribe, world.Responder.PersonId)], Reason: "Nobody can pay."), world.Commander, Ct)).Require();
        await world.FollowAsync();

        var incident = await world.ReadAsync(number);
        Assert.Equal(Noon.AddMinutes(-20), incident.StartedAt);
        Assert.Equal(alert, Assert.Single(incident.Alerts).Id);
        Assert.Equal(["Ines", "Rosa"], incident.Roles.Select(r => r.Holder?.Name).OfType<string>().Order());
        Assert.Single(incident.Objectives);
        Assert.Empty(await WaitingAsync(world));
        Assert.Contains(await world.TimelineAsync(number), e => e.ClientKey == $"alert/{alert}/fired");
    }

    [Fact]
    public async Task Confirm_Twice_TellsTheSecondWhoDidIt()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddAlertAsync(Noon);
        await world.FollowAsync();
        var proposal = Assert.Single(await WaitingAsync(world)).Id;
        var confirm = world.Get<ConfirmProposal.Handler>();
        (await confirm.HandleAsync(new(proposal, IncidentSeverity.Sev1, Reason: "Nobody can pay."), world.Commander, Ct)).Require();

        Assert.Equal("Ines confirmed this already.", (await confirm.HandleAsync(new(proposal, IncidentSeverity.Sev1), world.Administrator, Ct)).Refusal?.Message);
        Assert.Equal(RefusalKind.NotFound, (await confirm.HandleAsync(new(Guid.NewGuid(), IncidentSeverity.Sev1), world.Commander, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task Decline_NeedsAReasonAndACommander_AndTheAlertIsNotProposedAgain()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddAlertAsync(Noon.AddMinutes(-2));
        await world.FollowAsync();
        await world.AddAlertAsync(Noon.AddMinutes(-1));
        var decline = world.Get<DeclineProposal.Handler>();
        var proposal = Assert.Single(await WaitingAsync(world)).Id;

        Assert.Contains("Reason", (await decline.HandleAsync(new(proposal, " "), world.Commander, Ct)).Refusal!.Fields!.Keys);
        Assert.Equal(RefusalKind.Denied, (await decline.HandleAsync(new(proposal, "A test"), world.Responder, Ct)).Refusal?.Kind);
        (await decline.HandleAsync(new(proposal, "A load test"), world.Commander, Ct)).Require();
        await world.FollowAsync();

        Assert.Empty(await WaitingAsync(world));
        var decided = Assert.Single((await world.Get<ListIncidentProposals.Handler>().HandleAsync(new(Waiting: false), world.Responder, Ct)).Require().Proposals);
        Assert.Equal((IncidentProposalState.Declined, "A load test", "Ines"), (decided.State, decided.Reason, decided.DecidedBy));

        world.Portal.Clock.Advance(TimeSpan.FromMinutes(10));
        await world.AddAlertAsync(world.Now);
        await world.FollowAsync();
        Assert.Single(await WaitingAsync(world));
    }

    private static async Task<IReadOnlyList<ProposalRow>> WaitingAsync(IncidentWorld world) =>
        (await world.Get<ListIncidentProposals.Handler>().HandleAsync(new(), world.Commander, Ct)).Require().Proposals;
}
