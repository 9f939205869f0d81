using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents;
using SloPortal.Application.Incidents.Detection;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents;

public sealed class DeclareIncidentTests
{
    [Fact]
    public async Task Declare_ByAnybodyWhoResponds_StandsInTimelineAuditListAndNotices()
    {
        await using var world = await IncidentWorld.CreateAsync();

        var number = await world.DeclareAsync(world.Responder);

        var incident = await world.ReadAsync(number);
        Assert.Equal(("Checkout fails", IncidentStatus.Detected, "Rosa"), (incident.Title, incident.Status, incident.DeclaredBy));
        Assert.Equal(world.Service, Assert.Single(incident.Services).Slug);
        var entry = Assert.Single(await world.TimelineAsync(number));
        Assert.Equal((EntryKind.Declared, Provenance.Asserted, 1), (entry.Kind, entry.Provenance, entry.Number));
        Assert.Equal(["Rosa"], await world.AuditOfAsync("incident.declared"));
        var notices = (await world.Get<ListNotices.Handler>().HandleAsync(new(), world.Commander, Ct)).Require();
        Assert.Equal($"/incidents/{number}", Assert.Single(notices.Notices).Address);
    }

    [Fact]
    public async Task Declare_ByAnAuditorOrAReadToken_IsDenied()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var declare = world.Get<DeclareIncident.Handler>();

        foreach (var actor in new[] { world.Auditor, world.Commander with { Kind = ActorKind.Token, Scopes = TokenScope.Read } })
            Assert.Equal(RefusalKind.Denied, (await declare.HandleAsync(new("X", IncidentSeverity.Sev3), actor, Ct)).Refusal?.Kind);
    }

    [Theory]
    [InlineData(60, "in the future")]
    [InlineData(-32 * 24 * 60, "ago")]
    [InlineData(-61 * 24 * 60, "before the service existed")]
    public async Task Declare_UnusualStart_IsAskedAboutAndTakenWhenConfirmed(int minutes, string question)
    {
        await using var world = await IncidentWorld.CreateAsync();
        var declare = world.Get<DeclareIncident.Handler>();
        var request = new DeclareIncident("X", IncidentSeverity.Sev3, [world.Service], StartedAt: world.Now.AddMinutes(minutes));

        var asked = (await declare.HandleAsync(request, world.Commander, Ct)).Refusal!;
        var taken = await declare.HandleAsync(request with { ConfirmUnusualTime = true }, world.Commander, Ct);

        Assert.Contains(question, Assert.Single(asked.Fields!["StartedAt"]), StringComparison.Ordinal);
        Assert.Equal(request.StartedAt, (await world.ReadAsync(taken.Require())).StartedAt);
    }

    [Fact]
    public async Task Declare_UnknownServiceObjectiveOrPerson_IsRefusedAtItsField()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var declare = world.Get<DeclareIncident.Handler>();

        Assert.Contains("Services", (await declare.HandleAsync(new("X", IncidentSeverity.Sev3, ["nowhere"]), world.Commander, Ct)).Refusal!.Fields!.Keys);
        Assert.Contains("Objectives", (await declare.HandleAsync(new("X", IncidentSeverity.Sev3, Objectives: [new(world.Service, "none")]), world.Commander, Ct)).Refusal!.Fields!.Keys);
        Assert.Contains("Readers", (await declare.HandleAsync(new("X", IncidentSeverity.Sev3, Restricted: true, Readers: [Guid.NewGuid()]), world.Commander, Ct)).Refusal!.Fields!.Keys);
        Assert.Contains("Title", (await declare.HandleAsync(new(" ", IncidentSeverity.Sev3), world.Commander, Ct)).Refusal!.Fields!.Keys);
        Assert.Contains("Severity", (await declare.HandleAsync(new("X", (IncidentSeverity)9), world.Commander, Ct)).Refusal!.Fields!.Keys);
    }

    [Fact]
    public async Task Get_WhileItLasts_ShowsTheBudgetBurnedSinceItsStart()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.Portal.CountEvenlyAsync(world.Objective.SliId, Noon.AddDays(-1), Noon.AddMinutes(-10), bad: 0, total: 100);
        await world.Portal.CountEvenlyAsync(world.Objective.SliId, Noon.AddMinutes(-10), Noon, bad: 10, total: 100);
        var number = await world.DeclareAsync();

        var burned = Assert.Single((await world.ReadAsync(number)).Objectives).Burned!;

        // 100 of the 144 failures that 99.9 % allows among 144,000 events.
        Assert.Equal((100, 1000), (burned.Bad, burned.Total));
        Assert.Equal(100 / 144.0, burned.Share!.Value, 6);
    }

    [Fact]
    public async Task List_SeveralIncidents_PutsWhatHurtsMostFirst()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var declare = world.Get<DeclareIncident.Handler>();
        async Task<int> AddAsync(IncidentSeverity severity) => (await declare.HandleAsync(new($"Sev {severity}", severity), world.Commander, Ct)).Require();
        var (small, worst) = (await AddAsync(IncidentSeverity.Sev4), await AddAsync(IncidentSeverity.Sev1));
        var over = await AddAsync(IncidentSeverity.Sev1);
        (await world.Get<Application.Incidents.Response.ChangeStatus.Handler>().HandleAsync(new(over, IncidentStatus.Resolved), world.Commander, Ct)).Require();
        var list = world.Get<ListIncidents.Handler>();

        var all = (await list.HandleAsync(new(), world.Responder, Ct)).Require();
        var open = (await list.HandleAsync(new(Open: true, Severity: IncidentSeverity.Sev1), world.Responder, Ct)).Require();
        var found = (await list.HandleAsync(new(Text: $"INC-{small}"), world.Responder, Ct)).Require();

        Assert.Equal([worst, small, over], all.Incidents.Items.Select(i => i.Number));
        Assert.Equal(2, all.Open);
        Assert.Equal(worst, Assert.Single(open.Incidents.Items).Number);
        Assert.Equal(small, Assert.Single(found.Incidents.Items).Number);
    }
}
