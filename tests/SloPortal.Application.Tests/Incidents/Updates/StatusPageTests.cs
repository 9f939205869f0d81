using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.StatusPages;
using SloPortal.Application.Incidents.StatusPages.Serving;
using SloPortal.Application.Incidents.Updates;
using SloPortal.Application.Tests.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.StatusPages;
using SloPortal.Domain.Incidents.Updates;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents.Updates;

public sealed class StatusPageTests
{
    [Fact]
    public async Task Served_Published_TellsServicesAndIncidentByTheirPublicNames()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync(needsApproval: false);
        var number = await world.DeclareAsync(title: "db-7 is on fire");
        Assert.Equal(ServiceCondition.Operational, (await world.ServedAsync())!.Condition);

        await world.WriteAsync(number, world.Given(next: Noon.AddHours(1)));

        var shown = (await world.ServedAsync())!;
        Assert.Equal(("Shop status", Noon, new ServiceView("Shop", ServiceCondition.Outage)), (shown.Title, shown.AsOf, Assert.Single(shown.Services)));
        var story = Assert.Single(shown.Incidents);
        Assert.Equal(("The shop fails", ToldState.Investigating, "Shop", Noon.AddHours(1)), (story.Title, story.State, Assert.Single(story.Services), Assert.Single(story.Updates).NextUpdateAt));
    }

    [Fact]
    public async Task Served_Waiting_TellsNothing()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync();
        await world.WriteAsync(await world.DeclareAsync());

        Assert.Empty((await world.ServedAsync())!.Incidents);
    }

    [Fact]
    public async Task Served_OfAnotherPage_TellsNothing()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync(needsApproval: false);
        await world.AddPageAsync("partners", needsApproval: false);
        await world.WriteAsync(await world.DeclareAsync(), world.Given(pages: "partners"));

        Assert.Empty((await world.ServedAsync())!.Incidents);
        Assert.Single((await world.ServedAsync("partners"))!.Incidents);
    }

    [Fact]
    public async Task Served_IncidentBecameRestricted_ForgetsItAtOnceAndUntilItIsLifted()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync(needsApproval: false);
        var number = await world.DeclareAsync();
        await world.WriteAsync(number);
        Assert.Single((await world.ServedAsync())!.Incidents);

        (await world.Get<RestrictIncident.Handler>().HandleAsync(new(number, []), world.Commander, Ct)).Require();

        var shown = (await world.ServedAsync())!;
        Assert.Empty(shown.Incidents);
        Assert.Equal(ServiceCondition.Operational, shown.Condition);
        (await world.Get<LiftRestriction.Handler>().HandleAsync(new(number, "Over"), world.Commander, Ct)).Require();
        Assert.Single((await world.ServedAsync())!.Incidents);
    }

    [Fact]
    public async Task Served_MergedIntoARestrictedIncident_ForgetsItToo()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync(needsApproval: false);
        var (open, hidden) = (await world.DeclareAsync(), await world.DeclareAsync(restricted: true));
        await world.WriteAsync(open);
        (await world.Get<MergeIncidents.Handler>().HandleAsync(new(open, hidden, ConfirmRestriction: true), world.Commander, Ct)).Require();

        Assert.Empty((await world.ServedAsync())!.Incidents);
    }

    [Fact]
    public async Task Read_ByLink_NeedsTheKeyAndForgetsTheOldOne()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var link = await world.AddPageAsync(audience: StatusPageAudience.ByLink);

        Assert.NotNull(await world.ServedAsync(key: link.Key));
        Assert.Null(await world.ServedAsync());
        Assert.Null(await world.ServedAsync(key: link.Key + "x"));
        var renewed = (await world.Get<RotateStatusPageKey.Handler>().HandleAsync(new("shop"), world.Administrator, Ct)).Require();

        Assert.Null(await world.ServedAsync(key: link.Key));
        Assert.NotNull(await world.ServedAsync(key: renewed.Key));
    }

    [Fact]
    public async Task Read_NoSuchPageOrNoName_IsNothing()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync();
        await world.ServedAsync();

        foreach (var slug in (string[])["nobody", "../shop", "", ".lock", "shop.json"])
            Assert.Null(await world.Get<StatusPageFiles>().ReadAsync(slug, null, Ct));
    }

    [Fact]
    public async Task Archive_APage_IsNoLongerServedAndItsNameIsTaken()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync();
        Assert.NotNull(await world.ServedAsync());

        (await world.Get<ArchiveStatusPage.Handler>().HandleAsync(new("shop"), world.Administrator, Ct)).Require();

        Assert.Null(await world.ServedAsync());
        Assert.Equal(RefusalKind.Conflict, (await world.Get<AddStatusPage.Handler>().HandleAsync(new("shop", "Again", StatusPageAudience.Everybody, [new(world.Service, "Shop")]), world.Administrator, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task Change_ByWhoIsNoAdministrator_IsDenied()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync();

        Assert.Equal(RefusalKind.Denied, (await world.Get<ChangeStatusPage.Handler>().HandleAsync(new("shop", "Mine", StatusPageAudience.Everybody, [new(world.Service, "Shop")]), world.Commander, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Denied, (await world.Get<ArchiveStatusPage.Handler>().HandleAsync(new("shop"), world.Commander, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task Served_ResolvedTwoWeeksAgo_IsForgotten()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync(needsApproval: false);
        var (over, lasting) = (await world.DeclareAsync(), await world.DeclareAsync());
        await world.WriteAsync(over, world.Given(title: "Over"));
        await world.WriteAsync(lasting, world.Given(title: "Lasting"));
        world.Portal.Clock.SetUtcNow(Noon.AddHours(1));
        await world.WriteAsync(over, world.Given(ToldState.Resolved, "Over"));
        Assert.Equal(["Lasting", "Over"], (await world.ServedAsync())!.Incidents.Select(i => i.Title));

        world.Portal.Clock.SetUtcNow(Noon.AddDays(14).AddHours(2));
        await world.Get<StatusPageWriter>().WriteAsync(Ct, anyway: true);

        Assert.Equal("Lasting", Assert.Single((await world.ServedAsync())!.Incidents).Title);
    }
}
