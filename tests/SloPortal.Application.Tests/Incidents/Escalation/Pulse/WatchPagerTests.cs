using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Budgets.Evaluation;
using SloPortal.Application.Incidents.Detection.Intake;
using SloPortal.Application.Incidents.Escalation.Paging;
using SloPortal.Application.Incidents.Escalation.Pulse;
using SloPortal.Application.Tests.Budgets;
using SloPortal.Domain.Access;
using static SloPortal.Application.Tests.Incidents.Escalation.PagingWorld;

namespace SloPortal.Application.Tests.Incidents.Escalation.Pulse;

public sealed class WatchPagerTests
{
    private const string Secret = "/ping/5f0c7b1e-secret";

    [Fact]
    public async Task Watch_DutiesAreDone_TheServiceOutsideHearsOfIt()
    {
        await using var outside = await WebhookReceiver.StartAsync();
        await using var world = await PagingWorld.CreateAsync();
        var admin = await AskedForAsync(world, outside);
        await RunDutiesAsync(world);

        await world.Portal.Pass<WatchPager>().RunAsync(world.Now, Ct);

        Assert.Single(outside.Taken);
        var health = await HealthAsync(world, admin);
        Assert.True(health.Pulse.IsAlive);
        Assert.Equal((new Uri(outside.Address).Authority, (DateTimeOffset?)world.Now, 0), (health.Heartbeat!.Host, health.Heartbeat.SentAt, health.Heartbeat.Failures));
        await using var db = await world.Portal.ContextAsync();
        Assert.DoesNotContain("5f0c7b1e", await db.Settings.Where(s => s.Key == "pager-watch").Select(s => s.Value).SingleAsync(Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("5f0c7b1e", string.Concat(await db.AuditEntries.Select(e => e.Details).ToListAsync(Ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_OneDutyStandsStill_TheHeartbeatStaysAwayAndAdministratorsAreToldOnce()
    {
        await using var outside = await WebhookReceiver.StartAsync();
        await using var world = await PagingWorld.CreateAsync();
        var admin = await AskedForAsync(world, outside);
        await RunDutiesAsync(world);
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(4));
        await RunDutiesAsync(world, sendsCalls: false);

        for (var i = 0; i < 3; i++)
        {
            await world.Portal.Pass<WatchPager>().RunAsync(world.Now, Ct);
            Assert.Equal(i == 0 ? 0 : 1, (await NoticesAsync(world, admin)).Count);
        }

        Assert.Empty(outside.Taken);
        Assert.Equal("Sending calls is late.", Assert.Single((await HealthAsync(world, admin)).Pulse.Findings).What);
        Assert.Equal(["The pager has stopped: Sending calls is late. Nobody may be called meanwhile."], await NoticesAsync(world, admin));
        Assert.Empty(await NoticesAsync(world, world.First));

        world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await RunDutiesAsync(world);
        await world.Portal.Pass<WatchPager>().RunAsync(world.Now, Ct);

        Assert.Single(outside.Taken);
        Assert.Equal("The pager lives again.", (await NoticesAsync(world, admin))[^1]);
    }

    [Fact]
    public async Task Watch_CallThatNobodySends_IsFoundAlthoughTheDutyRuns()
    {
        await using var world = await PagingWorld.CreateAsync();
        await world.CallAsync(world.First);
        await world.FireAsync();
        await world.Portal.Pass<DecideSignals>().RunAsync(world.Now, Ct);
        await world.Portal.Pass<CallLevels>().RunAsync(world.Now, Ct);
        await using (var db = await world.Portal.ContextAsync())
            // Without a way and without mail only the notice in the portal is there, which needs no sending.
            await db.PageMessages.ExecuteUpdateAsync(m => m.SetProperty(x => x.State, Domain.Incidents.Escalation.PageMessageState.Waiting), Ct);
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(3));
        await using (var db = await world.Portal.ContextAsync())
        {
            foreach (var name in new[] { "evaluate-budgets", "follow-burn-alerts", "decide-signals", "call-levels", "send-calls" })
                db.PassRuns.Add(new() { Name = name, LastStartedAt = world.Now, LastSucceededAt = world.Now });
            await db.SaveChangesAsync(Ct);
        }

        var seen = await world.Get<PulseReader>().ReadAsync(world.Now, Ct);

        Assert.Equal("A call waits to be sent.", Assert.Single(seen.Findings).What);
    }

    [Fact]
    public async Task Watch_HeartbeatIsRefusedThreeTimes_AdministratorsAreToldOnceAndWhy()
    {
        await using var outside = await WebhookReceiver.StartAsync();
        outside.Status = 503;
        await using var world = await PagingWorld.CreateAsync();
        var admin = await AskedForAsync(world, outside);
        await RunDutiesAsync(world);

        for (var i = 1; i <= 4; i++)
        {
            await world.Portal.Pass<WatchPager>().RunAsync(world.Now, Ct);
            Assert.Equal(i, (await HealthAsync(world, admin)).Heartbeat!.Failures);
        }

        Assert.Equal([$"{new Uri(outside.Address).Authority} does not take the pager's heartbeat. It answered 503; 200 to 299 was expected."], await NoticesAsync(world, admin));
    }

    [Fact]
    public async Task SetHeartbeat_NoWebAddressOrNoAdministrator_IsRefused()
    {
        await using var world = await PagingWorld.CreateAsync();
        var set = world.Get<SetHeartbeat.Handler>();
        var admin = await world.AddPersonAsync("Ada", Role.Administrator);

        Assert.NotNull((await set.HandleAsync(new("ftp://watch.example.com"), admin, Ct)).Refusal);
        Assert.NotNull((await set.HandleAsync(new("https://watch.example.com"), world.Owner, Ct)).Refusal);
        Assert.Null((await HealthAsync(world, admin)).Heartbeat);
    }

    /// <summary>An administrator who asked for the heartbeat.</summary>
    private static async Task<Actor> AskedForAsync(PagingWorld world, WebhookReceiver outside)
    {
        var admin = await world.AddPersonAsync("Ada", Role.Administrator);
        await world.GiveRoleAsync(admin, Role.Administrator);
        (await world.Get<SetHeartbeat.Handler>().HandleAsync(new(outside.Address + Secret), admin, Ct)).Require();
        return admin;
    }

    private static async Task RunDutiesAsync(PagingWorld world, bool sendsCalls = true)
    {
        await world.Portal.RunAsync<EvaluateBudgets>();
        await world.Portal.RunAsync<FollowBurnAlerts>();
        await world.Portal.RunAsync<DecideSignals>();
        await world.Portal.RunAsync<CallLevels>();
        if (sendsCalls)
            await world.Portal.RunAsync<SendCalls>();
    }

    private static async Task<PagerHealth> HealthAsync(PagingWorld world, Actor reader) => (await world.Get<GetPagerHealth.Handler>().HandleAsync(new(), reader, Ct)).Require();

    private static async Task<List<string>> NoticesAsync(PagingWorld world, Actor person)
    {
        await using var db = await world.Portal.ContextAsync();
        return await db.Notices.Where(n => n.PersonId == person.PersonId).OrderBy(n => n.Id).Select(n => n.Text).ToListAsync(Ct);
    }
}
