using SloPortal.Application.Budgets;
using SloPortal.Application.Changes;
using SloPortal.Application.Remediation;
using SloPortal.Application.Objectives;
using SloPortal.Application.Tests.Catalog;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Changes;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Changes;

public sealed class WhatNeedsMeTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandleAsync_MemberOfTheTeam_SeesAllThatConcernsThem()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        await FillAsync(world, owner: world.Owner.PersonId);

        var needs = (await world.Get<WhatNeedsMe.Handler>().HandleAsync(new WhatNeedsMe(), world.Owner, Ct)).Require();

        Assert.True(needs.OfMyTeams);
        Assert.Equal("Orders placed", Assert.Single(needs.Alerts).Objective.Name);
        Assert.Equal(99.9m, Assert.Single(needs.Signatures).Target);
        Assert.Equal(BudgetStanding.AtRisk, Assert.Single(needs.AtRisk).Standing);
        Assert.Equal("7.42", Assert.Single(needs.Deployments).Version);
        var counts = await world.Get<CountNeeds.Handler>().HandleAsync(new CountNeeds(), world.Owner, Ct);
        Assert.Equal(1, counts.Signatures);
        Assert.True(counts.FiringAlerts >= 1);
    }

    [Fact]
    public async Task HandleAsync_StakeholderOfAnotherTeam_IsAskedForTheSignatureOnly()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        await FillAsync(world, owner: world.Owner.PersonId);

        var needs = (await world.Get<WhatNeedsMe.Handler>().HandleAsync(new WhatNeedsMe(), world.Stranger, Ct)).Require();

        Assert.Single(needs.Signatures);
        Assert.Empty(needs.Alerts);
        Assert.Empty(needs.AtRisk);
        Assert.Empty(needs.Deployments);
    }

    [Fact]
    public async Task HandleAsync_AlreadySigned_WaitsForTheOtherPartyOnly()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        await FillAsync(world, owner: world.Owner.PersonId, signed: true);

        var needs = (await world.Get<WhatNeedsMe.Handler>().HandleAsync(new WhatNeedsMe(), world.Owner, Ct)).Require();
        var others = (await world.Get<WhatNeedsMe.Handler>().HandleAsync(new WhatNeedsMe(), world.Stranger, Ct)).Require();

        Assert.Empty(needs.Signatures);
        Assert.Single(others.Signatures);
    }

    [Fact]
    public async Task GetSetupProgress_WithSliButNoVersion_IsNotComplete()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        await FillAsync(world, owner: world.Owner.PersonId);

        var progress = (await world.Get<GetSetupProgress.Handler>().HandleAsync(new GetSetupProgress(), world.Owner, Ct)).Require();

        Assert.True(progress.HasSli);
        Assert.True(progress.HasService);
        Assert.False(progress.HasObjective);
        Assert.False(progress.IsComplete);
    }

    private static async Task FillAsync(CatalogWorld world, Guid owner, bool signed = false)
    {
        var now = world.Clock.GetUtcNow();
        var service = (await world.ReadAsync(await world.AddServiceAsync("checkout", Ct), Ct)).Id;
        await using var db = await world.OpenAsync(Ct);
        var sli = new Sli(service, "orders", "Orders", "", new PushedRatio(), null, now);
        var objective = new Objective(Guid.CreateVersion7(), service, "orders-placed", "Orders placed", "", StoredAlertPolicy.DefaultId, now);
        db.AddRange(sli, objective);
        await db.SaveChangesAsync(Ct);
        var proposal = new Proposal(Guid.CreateVersion7(), objective.Id, sli.Id, BudgetingMethod.Default, new ObjectiveTarget(99.9m), SloWindow.Parse("rolling 30d"), null, owner, world.Stranger.PersonId, "", "{}", owner, now);
        if (signed)
            Assert.Null(proposal.Sign(owner, "Owner", "Yes.", Confirmation.Password, now));
        db.Add(proposal);
        db.Add(new Alert
        {
            Id = Guid.CreateVersion7(), ObjectiveId = objective.Id, VersionId = Guid.CreateVersion7(), Severity = AlertSeverity.Page,
            LongWindow = TimeSpan.FromHours(1), ShortWindow = TimeSpan.FromMinutes(5), Factor = 14.4, LongBurn = 20, ShortBurn = 22, FiredAt = now,
        });
        db.Add(new BudgetState { ObjectiveId = objective.Id, VersionId = Guid.CreateVersion7(), EvaluatedAt = now, WindowStart = now.AddDays(-30), LeftShare = 0.1, Standing = BudgetStanding.AtRisk, Sentence = "Little budget: 10 % left." });
        db.Add(new Deployment(Guid.CreateVersion7(), service, "7.42", "production", now.AddHours(-1), now, "pipeline", null, null, Guid.NewGuid().ToString()));
        await db.SaveChangesAsync(Ct);
    }
}
