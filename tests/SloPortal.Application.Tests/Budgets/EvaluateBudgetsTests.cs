using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Budgets.Evaluation;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Tests.Budgets;

public sealed class EvaluateBudgetsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 9, 14, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task RunAsync_OutageThenRecovery_FiresTellsOncePerSeverityAndResolves()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon.AddHours(-8));
        var objective = await world.AddObjectiveAsync();
        await world.AddTargetAsync(objective, NotificationChannel.Mail, "on-call@example.com", AlertSeverity.Page);
        await world.CountEvenlyAsync(objective.SliId, Noon.AddHours(-8), Noon, bad: 0, total: 100);
        world.Clock.SetUtcNow(Noon);
        Assert.True(await world.RunAsync<EvaluateBudgets>());
        Assert.Equal(BudgetStanding.Healthy, (await world.StateAsync(objective))!.Standing);
        Assert.Empty(await world.AlertsAsync(objective));

        // Everything fails for ten minutes: both page rules fire, a minute apart or together.
        for (var minute = 0; minute < 10; minute++)
            await MinuteAsync(world, objective, bad: 100);
        var pages = (await world.AlertsAsync(objective)).Where(a => a.Severity == AlertSeverity.Page).ToList();
        Assert.Equal(2, pages.Count);
        Assert.All(pages, alert => Assert.Null(alert.ResolvedAt));
        var told = Assert.Single(await world.NotificationsAsync());
        Assert.Equal((NotificationEvent.Fired, NotificationState.Waiting), (told.Event, told.State));

        // The short windows of 5 and 30 minutes have to empty.
        for (var minute = 0; minute < 31; minute++)
            await MinuteAsync(world, objective, bad: 0);
        pages = [.. (await world.AlertsAsync(objective)).Where(a => a.Severity == AlertSeverity.Page)];
        Assert.All(pages, alert => Assert.NotNull(alert.ResolvedAt));
        Assert.Equal([NotificationEvent.Fired, NotificationEvent.Resolved], (await world.NotificationsAsync()).Select(n => n.Event));
    }

    [Fact]
    public async Task RunAsync_NoDataEver_SaysSoOnceAndFiresNothing()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon);
        var objective = await world.AddObjectiveAsync();

        Assert.True(await world.RunAsync<EvaluateBudgets>());
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await world.RunAsync<EvaluateBudgets>());

        var state = (await world.StateAsync(objective))!;
        Assert.Equal((BudgetStanding.NoData, Noon), (state.Standing, state.EvaluatedAt));
        Assert.Null(state.Attained);
        Assert.All(await world.RulesAsync(objective), rule => Assert.Equal(AlertState.NoData, rule.State));
    }

    [Fact]
    public async Task RunAsync_DataStopsWhileFiring_GoesOnFiringAndSaysSinceWhen()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon);
        var objective = await world.AddObjectiveAsync();
        await world.CountEvenlyAsync(objective.SliId, Noon.AddHours(-1), Noon, bad: 50, total: 100);
        await world.RunAsync<EvaluateBudgets>();
        Assert.All(await world.RulesAsync(objective), rule => Assert.Equal(AlertState.Firing, rule.State));

        world.Clock.Advance(TimeSpan.FromHours(2));
        await world.RunAsync<EvaluateBudgets>();

        var fast = (await world.RulesAsync(objective))[0];
        Assert.Equal((AlertState.Firing, Noon.AddHours(2)), (fast.State, fast.NoDataSince));
    }

    [Fact]
    public async Task RunAsync_FewerEventsThanTheMinimum_FiresNothing()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon);
        var objective = await world.AddObjectiveAsync();
        await world.CountAsync(objective.SliId, (Noon.AddMinutes(-2), 0, AlertRule.DefaultMinimumEvents - 1));

        await world.RunAsync<EvaluateBudgets>();

        Assert.Empty(await world.AlertsAsync(objective));
        Assert.Equal(BudgetStanding.Exhausted, (await world.StateAsync(objective))!.Standing);
    }

    [Fact]
    public async Task RunAsync_RuleThatCanNeverFire_IsLeftOut()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon);
        var objective = await world.AddObjectiveAsync(target: 90m);
        await world.CountEvenlyAsync(objective.SliId, Noon.AddHours(-1), Noon, bad: 100, total: 100);

        await world.RunAsync<EvaluateBudgets>();

        // 14.4 times the allowed tenth is more than everything.
        Assert.DoesNotContain(await world.RulesAsync(objective), rule => rule.RuleIndex == 0);
        Assert.Equal([1, 2, 3], (await world.AlertsAsync(objective)).Select(a => a.RuleIndex));
    }

    [Fact]
    public async Task RunAsync_NewVersionLeavesRuleOut_EndsItsAlertWithTheReason()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon);
        var objective = await world.AddObjectiveAsync();
        await world.CountEvenlyAsync(objective.SliId, Noon.AddHours(-1), Noon, bad: 100, total: 100);
        await world.RunAsync<EvaluateBudgets>();
        Assert.Equal(4, (await world.AlertsAsync(objective)).Count(a => a.ResolvedAt == null));

        await world.AddVersionAsync(objective, 2, 90m, "rolling 30d", Noon.AddMinutes(1));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.RunAsync<EvaluateBudgets>();

        var ended = Assert.Single(await world.AlertsAsync(objective), a => a.ResolvedAt != null);
        Assert.Equal(0, ended.RuleIndex);
        Assert.NotNull(ended.EndReason);
        Assert.Equal(3, (await world.RulesAsync(objective)).Count);
    }

    [Fact]
    public async Task RunAsync_ObjectiveArchivedWhileFiring_EndsItsAlerts()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon);
        var objective = await world.AddObjectiveAsync();
        await world.CountEvenlyAsync(objective.SliId, Noon.AddHours(-1), Noon, bad: 100, total: 100);
        await world.RunAsync<EvaluateBudgets>();
        await using (var db = await world.ContextAsync())
        {
            (await db.Objectives.SingleAsync(o => o.Id == objective.Id, TestContext.Current.CancellationToken)).Archive(Noon);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.RunAsync<EvaluateBudgets>();

        Assert.All(await world.AlertsAsync(objective), a => Assert.Equal((true, "The objective was archived."), (a.ResolvedAt is not null, a.EndReason)));
        Assert.Empty(await world.RulesAsync(objective));
    }

    [Fact]
    public async Task RunAsync_ServiceArchivedWhileFiring_EndsItsAlertsAndTellsNobodyUntilItIsRestored()
    {
        await using var world = await BudgetWorld.CreateAsync(Noon);
        var objective = await world.AddObjectiveAsync();
        await world.AddTargetAsync(objective, NotificationChannel.Mail, "on-call@example.com");
        await world.CountEvenlyAsync(objective.SliId, Noon.AddHours(-2), Noon, bad: 100, total: 100);
        await world.RunAsync<EvaluateBudgets>();
        var told = (await world.NotificationsAsync()).Count;
        Assert.NotEqual(0, told);

        await ChangeServiceAsync(world, objective, service => service.Archive(Noon));
        await MinuteAsync(world, objective, bad: 100);

        Assert.All(await world.AlertsAsync(objective), a => Assert.Equal((true, "The service was archived."), (a.ResolvedAt is not null, a.EndReason)));
        Assert.Empty(await world.RulesAsync(objective));
        Assert.Equal(told, (await world.NotificationsAsync()).Count);

        await ChangeServiceAsync(world, objective, service => service.Restore());
        await MinuteAsync(world, objective, bad: 100);

        Assert.Contains(await world.AlertsAsync(objective), a => a.ResolvedAt is null);
    }

    [Fact]
    public async Task RunIfDueAsync_TwoPortalsForThreeMinutes_EvaluatesOncePerMinuteWithoutDrift()
    {
        await using var one = await BudgetWorld.CreateAsync(Noon.AddSeconds(30));
        await using var two = one.Second();
        var clock = one.Clock;
        var starts = new List<DateTimeOffset>();
        await one.RunAsync<EvaluateBudgets>();
        for (var tick = 0; tick < 360; tick++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(500));
            var ran = await Task.WhenAll(one.RunAsync<EvaluateBudgets>(), two.RunAsync<EvaluateBudgets>());
            starts.AddRange(ran.Where(r => r).Select(_ => clock.GetUtcNow()));
        }

        Assert.Equal([Noon.AddMinutes(1), Noon.AddMinutes(2), Noon.AddMinutes(3)], starts);
    }

    private static async Task ChangeServiceAsync(BudgetWorld world, ObjectiveOfTest objective, Action<Service> change)
    {
        await using var db = await world.ContextAsync();
        change(await db.Services.SingleAsync(s => s.Id == objective.Service.Id, TestContext.Current.CancellationToken));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private static async Task MinuteAsync(BudgetWorld world, ObjectiveOfTest objective, double bad)
    {
        await world.CountAsync(objective.SliId, (MinuteClock.Floor(world.Clock.GetUtcNow()), 100 - bad, 100));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await world.RunAsync<EvaluateBudgets>());
    }
}
