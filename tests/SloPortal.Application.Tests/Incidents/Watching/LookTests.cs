using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.Detection.Intake;
using SloPortal.Application.Incidents.Detection.Watching;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Incidents.Detection.Watching;
using SloPortal.Domain.Measurement.Segments;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents.Watching;

public sealed class LookTests
{
    [Fact]
    public async Task Look_SlowBurnThatNoPageTells_IsOnTheListWithItsFiguresAndTellsTheTeam()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var owner = await world.AddOwnerAsync();
        await world.BurnSlowlyAsync();

        await world.LookAsync();

        var item = Assert.Single(await world.WatchedAsync());
        Assert.Equal((WatchKind.SlowBurn, "Checkout: Availability", "availability", null), (item.Kind, item.Title, item.Objective, item.Owner));
        Assert.Equal("96 bad events in 24 h, where about 8 are usual: the budget burns 2.4 times as fast as it lasts, and no page fired.", item.Reason);
        Assert.Equal("Chance alone finds this about once a year in each objective.", item.FalseAlarms);
        Assert.True(item.PValue <= item.Limit);
        Assert.Equal((Noon.AddDays(-1), Noon, Noon + WatchItem.Usual), (item.LookedFrom, item.LookedTo, item.ExpiresAt));
        Assert.Equal([$"To watch, {item.Title}: {item.Reason}"], await world.NoticesAsync(owner));
        Assert.Empty(await world.NoticesAsync(world.Commander));
        await using var db = await world.Portal.ContextAsync();
        Assert.False(await db.Pages.AnyAsync(Ct));
    }

    [Fact]
    public async Task Look_TwicePassesOfTwoPortalsAndLater_IsOneItemWhoseHistoryGrows()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await using var second = world.Portal.Second();
        var owner = await world.AddOwnerAsync();
        await world.BurnSlowlyAsync();

        await Task.WhenAll(world.LookAsync(), world.LookAsync(second));
        await world.LookAsync();
        world.Portal.Clock.Advance(TimeSpan.FromHours(6));
        await world.Portal.CountAsync(world.Objective.SliId, (Noon.AddHours(3), 9976, 10_000));
        await world.LookAsync();
        await world.LookAsync(second);

        var item = Assert.Single(await world.WatchedAsync(null));
        Assert.Equal(2, item.TimesFound);
        Assert.Equal([WatchEvent.FoundAgain, WatchEvent.Added], (await world.WatchAsync(item.Id)).History.Select(h => h.Event));
        Assert.Single(await world.NoticesAsync(owner));
    }

    [Fact]
    public async Task Look_APageFiredMeanwhile_FindsNothing()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.BurnSlowlyAsync();
        await world.AddAlertAsync(Noon.AddHours(-3), Noon.AddHours(-2));

        await world.LookAsync();

        Assert.Empty(await world.WatchedAsync(null));
    }

    [Fact]
    public async Task Look_ATicketFires_IsFoundAllTheSame()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.BurnSlowlyAsync();
        await world.AddAlertAsync(Noon.AddHours(-3), severity: AlertSeverity.Ticket);

        await world.LookAsync();

        Assert.Single(await world.WatchedAsync());
    }

    [Fact]
    public async Task Look_AsUsual_FindsNothing()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.BurnSlowlyAsync(lastDay: 2);

        await world.LookAsync();

        Assert.Empty(await world.WatchedAsync(null));
    }

    [Fact]
    public async Task Look_OneSegmentOutlies_IsFoundWithItsName()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.SplitAsync();

        await world.LookAsync();

        var item = Assert.Single(await world.WatchedAsync());
        Assert.Equal((WatchKind.OutlyingSegment, "Checkout: Availability, eu", (int?)world.Objective.SliId, (int?)SliSegment.FirstId), (item.Kind, item.Title, item.Sli, item.Segment));
        Assert.StartsWith("96 bad events of eu in 24 h, where about", item.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_WasDismissed_StaysAwayUntilItWouldHaveExpired()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var item = await world.FindOneAsync();
        (await world.Get<DismissWatch.Handler>().HandleAsync(new(item.Id, "A crawler."), world.Commander, Ct)).Require();

        await world.LookAsync();
        Assert.Empty(await world.WatchedAsync());
        await using (var db = await world.Portal.ContextAsync())
            await db.WatchItems.ExecuteUpdateAsync(set => set.SetProperty(w => w.ExpiresAt, Noon), Ct);
        await world.LookAsync();

        Assert.NotEqual(item.Id, Assert.Single(await world.WatchedAsync()).Id);
    }

    [Fact]
    public async Task CountReports_MoreThanUsual_IsFoundOnceWithinTheHour()
    {
        await using var world = await IncidentWorld.CreateAsync();
        foreach (var name in (string[])["Bo", "Kim", "Lee", "Max"])
            (await world.Get<ReportProblem.Handler>().HandleAsync(new(world.Service, "Paying fails", ReportReach.OnlyMe), await world.AddPersonAsync(name, Role.Viewer), Ct)).Require();
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(15));

        await world.Portal.Pass<CountReports>().RunAsync(world.Now, Ct);
        await world.Portal.Pass<CountReports>().RunAsync(world.Now, Ct);

        var item = Assert.Single(await world.WatchedAsync());
        Assert.Equal((WatchKind.Reports, 1, "Chance alone finds this about once a year in each service."), (item.Kind, item.TimesFound, item.FalseAlarms));
        Assert.StartsWith("4 people reported a problem within an hour, where about 0.0", item.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CountReports_OneReport_IsNothing()
    {
        await using var world = await IncidentWorld.CreateAsync();
        (await world.Get<ReportProblem.Handler>().HandleAsync(new(world.Service, "Paying fails", ReportReach.OnlyMe), world.Responder, Ct)).Require();
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(15));

        await world.Portal.Pass<CountReports>().RunAsync(world.Now, Ct);

        Assert.Empty(await world.WatchedAsync(null));
    }
}
