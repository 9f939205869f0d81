using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.Escalation.Answering;
using SloPortal.Application.Incidents.Escalation.Policies;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Escalation.Quiet;
using static SloPortal.Application.Tests.Incidents.Escalation.PagingWorld;

namespace SloPortal.Application.Tests.Incidents.Escalation;

/// <summary>What a rule keeps quiet, with the passes and the database.</summary>
public sealed class HoldingTests
{
    [Fact]
    public async Task Decide_WaitsForThree_OnePageWithAllOfThem()
    {
        await using var world = await WithAsync(new QuietTerms(Signals: 3, WithinMinutes: 10));
        await world.FireAsync("a");
        await world.TickAsync();
        await world.FireAsync("b");
        await world.TickAsync();
        Assert.Equal(0, (await PagesAsync(world)).Pages.Total);

        await world.FireAsync("c");
        await world.TickAsync();

        var page = await world.PageAsync();
        Assert.Equal(3, page.Signals.Count);
        Assert.Equal(
            [(SignalEventKind.Fired, SignalOutcome.Held), (SignalEventKind.Fired, SignalOutcome.Held), (SignalEventKind.Fired, SignalOutcome.Paged), (SignalEventKind.Resumed, SignalOutcome.JoinedPage), (SignalEventKind.Resumed, SignalOutcome.JoinedPage)],
            (await world.LedgerAsync()).Select(l => (l.Kind, l.Outcome!.Value)));
    }

    [Fact]
    public async Task Decide_ThreeInOneBatch_OnePageWithAllOfThem()
    {
        await using var world = await WithAsync(new QuietTerms(Signals: 3, WithinMinutes: 10));
        await world.SendAsync(world.Fires("a"), world.Fires("b"), world.Fires("c"));

        await world.TickAsync();

        Assert.Equal(3, (await world.PageAsync()).Signals.Count);
    }

    [Fact]
    public async Task Decide_TooFewWithinTheTime_AreRecordedOnceItIsOver()
    {
        await using var world = await WithAsync(new QuietTerms(Signals: 3, WithinMinutes: 10));
        await world.FireAsync("a");
        await world.TickAsync();
        world.Portal.Clock.Advance(TimeSpan.FromMinutes(10));
        await world.TickAsync();
        await world.TickAsync();

        Assert.Equal(0, (await PagesAsync(world)).Pages.Total);
        Assert.Equal([(SignalEventKind.Fired, SignalOutcome.Held), (SignalEventKind.Resumed, SignalOutcome.Recorded)], (await world.LedgerAsync()).Select(l => (l.Kind, l.Outcome!.Value)));
    }

    [Fact]
    public async Task Decide_NeededServiceHasAPage_IsQuietUntilThatIsOver()
    {
        await using var world = await WithAsync(new QuietTerms(UnderDependency: true));
        var database = await AddNeededServiceAsync(world);
        await world.SendAsync(About(world, "database", database));
        await world.TickAsync();
        await world.SendAsync(About(world, "shop", world.Service));
        await world.TickAsync();

        var inhibited = (await world.LedgerAsync())[1];
        Assert.Equal(SignalOutcome.Inhibited, inhibited.Outcome);
        Assert.Contains($"while page {(await world.PageAsync()).Number} is open", inhibited.Reason, StringComparison.Ordinal);

        await world.SendAsync(About(world, "database", database) with { Word = SignalWord.IsResolved, EndedAt = world.Now });
        await world.TickAsync();
        await world.TickAsync();
        var last = (await world.LedgerAsync())[^1];
        Assert.Equal((SignalEventKind.Resumed, SignalOutcome.Paged), (last.Kind, last.Outcome!.Value));
    }

    [Fact]
    public async Task Decide_NobodyOnCall_WaitsWithoutFurtherLinesAndThenCallsTheNextLevel()
    {
        await using var world = await CreateAsync();
        var schedule = await AddEmptyScheduleAsync(world);
        await world.CallAsync([new(10, [new(EscalationTargetKind.Schedule, schedule)]), new(10, [new(EscalationTargetKind.Person, world.Second.PersonId)])], quiet: new QuietTerms(NobodyMinutes: 5));
        await world.FireAsync();
        for (var quarter = 0; quarter < 19; quarter++)
        {
            await world.TickAsync();
            world.Portal.Clock.Advance(TimeSpan.FromSeconds(15));
        }
        Assert.Equal(SignalOutcome.NoOneOnCall, Assert.Single(await world.LedgerAsync()).Outcome);
        Assert.Equal(0, (await PagesAsync(world)).Pages.Total);

        world.Portal.Clock.Advance(TimeSpan.FromSeconds(15));
        await world.TickAsync();
        await world.TickAsync();

        Assert.Equal([SignalOutcome.NoOneOnCall, SignalOutcome.Paged], (await world.LedgerAsync()).Select(l => l.Outcome!.Value));
        Assert.Contains(await MessagesAsync(world), m => m.PersonId == world.Second.PersonId);
    }

    [Fact]
    public async Task Decide_AboveTheCap_SharesOnePageThatSaysSo()
    {
        await using var world = await CreateAsync();
        await world.CallAsync([new(10, [new(EscalationTargetKind.Person, world.First.PersonId)])], groupBy: ["instance"], quiet: new QuietTerms(PagesPerHour: 2));

        foreach (var key in new[] { "a", "b", "c", "d", "e" })
        {
            await world.FireAsync(key);
            await world.TickAsync();
            world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([SignalOutcome.Paged, SignalOutcome.Paged, SignalOutcome.Capped, SignalOutcome.Capped, SignalOutcome.Capped], (await world.LedgerAsync()).Select(l => l.Outcome!.Value));
        var pages = (await PagesAsync(world)).Pages.Items;
        Assert.Equal(3, pages.Count);
        Assert.Equal(3, (await world.PageAsync(pages.Single(p => p.Title == "More than the cap of pages allows").Number)).Signals.Count);
        Assert.Equal(3, (await MessagesAsync(world)).Where(m => m.PersonId == world.First.PersonId && m.Channel == ContactChannel.Portal).Count());
    }

    [Fact]
    public async Task Decide_FloodOfTenThousandUnderACap_CallsNobodyMoreOftenThanThat()
    {
        await using var world = await CreateAsync();
        await world.CallAsync([new(10, [new(EscalationTargetKind.Person, world.First.PersonId)])], groupBy: ["instance"], quiet: new QuietTerms(PagesPerHour: 5));
        await world.SendAsync([.. Enumerable.Range(0, 10_000).Select(i => world.Fires($"disk {i}"))]);

        await world.TickAsync();

        Assert.Equal(6, (await PagesAsync(world)).Pages.Total);
        var outcomes = (await world.LedgerAsync()).GroupBy(l => l.Outcome!.Value).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(new Dictionary<SignalOutcome, int> { [SignalOutcome.Paged] = 5, [SignalOutcome.Capped] = 9_995 }, outcomes);
    }

    [Theory]
    [InlineData(0, 10, 0, null, "A rule waits for 1 to 1000 signals within 1 to 1440 minutes.")]
    [InlineData(1, 10, 1441, null, "A rule waits at most 1440 minutes for somebody on call.")]
    [InlineData(1, 10, 0, 101, "A cap is 1 to 100 pages an hour; what comes on top is collected in one page or recorded.")]
    public async Task Set_TermsThatCannotBe_AreRefused(int signals, int within, int nobody, int? cap, string sentence)
    {
        await using var world = await CreateAsync();
        var policy = await world.CallAsync(world.First);
        var rule = new RuleGiven(SignalSeverity.Error, Policy: policy, Quiet: new QuietTerms(signals, within, false, nobody, cap));

        var refused = await world.Get<SetPagingRules.Handler>().HandleAsync(new SetPagingRules(world.Team, [rule]), world.Owner, Ct);

        Assert.Contains(sentence, refused.Refusal!.Fields!.Values.SelectMany(s => s));
    }

    private static async Task<PagingWorld> WithAsync(QuietTerms quiet)
    {
        var world = await CreateAsync();
        await world.CallAsync([new(10, [new(EscalationTargetKind.Person, world.First.PersonId)])], quiet: quiet);
        return world;
    }

    private static async Task<PageList> PagesAsync(PagingWorld world) => (await world.Get<ListPages.Handler>().HandleAsync(new ListPages(), world.Owner, Ct)).Require();

    private static async Task<List<PageMessage>> MessagesAsync(PagingWorld world)
    {
        await using var db = await world.Portal.ContextAsync();
        return await db.PageMessages.AsNoTracking().ToListAsync(Ct);
    }

    private static SignalReading About(PagingWorld world, string key, string service) =>
        world.Fires(key) with { Labels = new Dictionary<string, string> { ["service"] = service } };

    private static async Task<string> AddNeededServiceAsync(PagingWorld world)
    {
        await using var db = await world.Portal.ContextAsync();
        var database = new Service(Guid.NewGuid(), "database", "Database", "", ServiceTier.Critical, world.TeamId, [], world.Now);
        db.Services.Add(database);
        db.Dependencies.Add(new Dependency(Guid.NewGuid(), world.Objective.Service.Id, database.Id, null, DependencyKind.Hard, null, "orders", world.Now));
        await db.SaveChangesAsync(Ct);
        return database.Slug;
    }

    private static async Task<Guid> AddEmptyScheduleAsync(PagingWorld world)
    {
        await using var db = await world.Portal.ContextAsync();
        var schedule = new SloPortal.Domain.Incidents.OnCall.Schedule(Guid.NewGuid(), world.TeamId, "nights", "Nights", "Europe/Berlin", world.Now);
        db.Schedules.Add(schedule);
        await db.SaveChangesAsync(Ct);
        return schedule.Id;
    }
}
