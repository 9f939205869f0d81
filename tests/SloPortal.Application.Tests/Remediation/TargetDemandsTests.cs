using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Application.Catalog.Vendors;
using SloPortal.Application.Objectives.Negotiation;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Application.Remediation.Targets;
using SloPortal.Application.Tests.Objectives;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Remediation;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Remediation;

/// <summary>What the areas below say of a proposed target: what it would have demanded, and the work that makes it attainable.</summary>
public sealed class TargetDemandsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Demands_OfEachNine_NameTheIncidentsAndHideWhatIsRestricted()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var (long1, short1) = (agreement.Now.AddDays(-4), agreement.Now.AddDays(-3));
        await agreement.CountAsync(Enumerable.Range(1, 120).Select(i => (long1.AddMinutes(i), 60d, 100d)), Ct);
        await agreement.CountAsync(Enumerable.Range(1, 60).Select(i => (short1.AddMinutes(i), 60d, 100d)), Ct);
        var (open, secret) = (await IncidentAsync(agreement, "Orders fail", long1.AddMinutes(1), 120), await IncidentAsync(agreement, "Keys leaked", short1.AddMinutes(1), 60, restricted: true));
        await ActionAsync(agreement, "Hold releases back", open.Id, due: -2);
        var id = await agreement.ProposeAsync(Ct);
        (await agreement.Get<StatePosition.Handler>().HandleAsync(new(id, 99.99m, "All.", Agreement.Password), agreement.Stakeholder, Ct)).Require();

        var stranger = (await agreement.Get<WhatTargetsDemand.Handler>().HandleAsync(new(id), agreement.Stakeholder, Ct)).Require()!;
        var insider = (await agreement.Get<WhatTargetsDemand.Handler>().HandleAsync(new(id), agreement.Owner, Ct)).Require()!;

        Assert.Equal([99.9m, 99.95m, 99.99m], stranger.Rows.Select(r => r.TargetPercent));
        Assert.All(stranger.Rows.Concat(insider.Rows), r => Assert.Equal(r.ToGo, r.Incidents.Sum(i => i.Bad) + r.NotExplained, 6));
        Assert.All(stranger.Rows, r => Assert.Equal([open.Number], r.Incidents.Select(i => i.Number)));
        Assert.Equal(4_800, stranger.Rows[2].Incidents[0].Bad);
        Assert.Equal([open.Number, secret.Number], insider.Rows[2].Incidents.Select(i => i.Number));
        Assert.Equal(2_400, stranger.Rows[2].NotExplained - insider.Rows[2].NotExplained, 6);
        Assert.All(stranger.Rows, r => Assert.Equal((1, 1), (r.OpenActions, r.OverdueActions)));
    }

    [Fact]
    public async Task Demands_WhereVendorsAreLeftOut_AskNothingOfTheirOutages()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var (theirs, ours) = (agreement.Now.AddDays(-4), agreement.Now.AddDays(-3));
        await agreement.CountAsync(Enumerable.Range(1, 120).Select(i => (theirs.AddMinutes(i), 60d, 100d)), Ct);
        await agreement.CountAsync(Enumerable.Range(1, 60).Select(i => (ours.AddMinutes(i), 60d, 100d)), Ct);
        await IncidentAsync(agreement, "Acme is away", theirs.AddMinutes(1), 120);
        var own = await IncidentAsync(agreement, "Orders fail", ours.AddMinutes(1), 60);
        var administrator = new Actor { Kind = ActorKind.Person, PersonId = agreement.Owner.PersonId, Name = "Ada", Roles = [Role.Administrator] };
        var vendor = "acme-" + agreement.Service[^8..];
        (await agreement.Get<CreateVendor.Handler>().HandleAsync(new(vendor, "Acme", "", "team-" + agreement.Service), administrator, Ct)).Require();
        (await agreement.Get<AddDependency.Handler>().HandleAsync(new(agreement.Service, null, vendor), administrator, Ct)).Require();
        (await agreement.Get<RecordOutage.Handler>().HandleAsync(new(vendor, theirs, theirs.AddMinutes(121), "A call", "Away."), administrator, Ct)).Require();

        var id = await agreement.ProposeAsync(Ct, terms: agreement.Terms(99.99m) with { Externals = ExternalFailures.LeftOut });
        var demands = (await agreement.Get<WhatTargetsDemand.Handler>().HandleAsync(new(id), agreement.Owner, Ct)).Require()!;

        Assert.All(demands.Rows, r => Assert.Equal([own.Number], r.Incidents.Select(i => i.Number)));
        Assert.InRange(demands.Rows[0].Incidents[0].Bad, 2_300, 2_400);
    }

    [Fact]
    public async Task Demands_OfSlices_GoWholeToTheIncidentThatWasFeltInThem()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var at = agreement.Now.AddDays(-4).AddMinutes(3);
        await agreement.CountAsync(Enumerable.Range(0, 60).Select(i => (at.AddMinutes(i), 60d, 100d)), Ct);
        var incident = await IncidentAsync(agreement, "Orders fail", at, 60);

        var id = await agreement.ProposeAsync(Ct, terms: agreement.Terms(99.9m) with { Method = "timeslices 5m 95" });
        var demands = (await agreement.Get<WhatTargetsDemand.Handler>().HandleAsync(new(id), agreement.Owner, Ct)).Require()!;

        // 13 slices are touched, of which the first and the last hold minutes on both sides; one good sample in each quarter saves none.
        var row = demands.Rows[0];
        Assert.Equal(("slices", 0d, incident.Number), (demands.Unit, row.NotExplained, Assert.Single(row.Incidents).Number));
        Assert.Equal(row.ToGo, row.Incidents[0].Bad, 1e-9);
        Assert.InRange(row.ToGo, 8, 13);
    }

    [Fact]
    public async Task Aspire_WithOpenActionsAndADate_MakesTheTargetSignable()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var id = await agreement.ProposeAsync(Ct, terms: agreement.Terms(target: 99.9999m));
        var open = await ActionAsync(agreement, "Second region", null, due: 20);
        var hidden = await ActionAsync(agreement, "Rotate keys", (await IncidentAsync(agreement, "Keys leaked", agreement.Now.AddDays(-1), 10, restricted: true)).Id, due: 20);
        var until = DateOnly.FromDateTime(agreement.Now.UtcDateTime).AddDays(60);

        Assert.Equal(RefusalKind.Conflict, (await agreement.SignAsync(id, agreement.Owner, Ct)).Refusal?.Kind);
        Assert.Contains("Actions", (await AspireAsync([], until)).Refusal!.Fields!.Keys);
        Assert.Contains("everybody may see", (await AspireAsync([hidden], until)).Refusal!.Message, StringComparison.Ordinal);
        Assert.Contains("Until", (await AspireAsync([open], until.AddDays(-60))).Refusal!.Fields!.Keys);
        (await AspireAsync([open], until)).Require();

        Assert.Equal(1, (await agreement.SignByBothAsync(id, Ct)).Version);
        var work = (await agreement.Get<GetAspiration.Handler>().HandleAsync(new(id), agreement.Stakeholder, Ct)).Require();
        Assert.Equal("Second region", Assert.Single(work.Actions).Title);
        Assert.Equal(until, (await agreement.Get<GetProposal.Handler>().HandleAsync(new(id), agreement.Owner, Ct)).Require().Negotiation.Aspiration!.Until);

        async Task<Outcome<Done>> AspireAsync(int[] actions, DateOnly day) =>
            await agreement.Get<AspireToTarget.Handler>().HandleAsync(new(id, day, actions, await agreement.HashOfAsync(id, Ct)), agreement.Owner, Ct);
    }

    private static async Task<Incident> IncidentAsync(Agreement agreement, string title, DateTimeOffset at, int minutes, bool restricted = false)
    {
        await using var db = await agreement.OpenAsync(Ct);
        var incident = new Incident(Guid.NewGuid(), title, "", IncidentSeverity.Sev3, at, agreement.Owner.PersonId, at);
        Assert.Null(incident.ChangeImpact(at, at.AddMinutes(minutes), null));
        incident.ChangeAffected([agreement.ServiceId], []);
        if (restricted)
            Assert.Null(incident.Restrict([agreement.Owner.PersonId]));
        db.Add(incident);
        await db.SaveChangesAsync(Ct);
        return incident;
    }

    private static async Task<int> ActionAsync(Agreement agreement, string title, Guid? incident, int due)
    {
        await using var db = await agreement.OpenAsync(Ct);
        var action = new ActionItem(
            Guid.NewGuid(), title, "", agreement.TeamId, null, DateOnly.FromDateTime(agreement.Now.UtcDateTime).AddDays(due), incident, null, agreement.ServiceId, agreement.Owner.PersonId, agreement.Now);
        db.Add(action);
        await db.SaveChangesAsync(Ct);
        return action.Number;
    }
}
