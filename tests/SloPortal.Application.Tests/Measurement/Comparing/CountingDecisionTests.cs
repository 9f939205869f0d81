using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Budgets;
using SloPortal.Application.Budgets.Evaluation;
using SloPortal.Application.Measurement;
using SloPortal.Application.Measurement.Comparing;
using SloPortal.Application.Measurement.Corrections;
using SloPortal.Application.Measurement.Deciding;
using SloPortal.Application.Objectives.Verdicts;
using SloPortal.Application.Tests.Objectives;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Corrections;
using SloPortal.Domain.Measurement.Deciding;
using SloPortal.Domain.Objectives.Verdicts;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Measurement.Comparing;

public sealed class CountingDecisionTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sign_WorstOf_CountsByItFromItsDateOnAndLeavesThePast()
    {
        await using var world = await World.BuildAsync(postgres.ConnectionString);
        await world.CountAsync(-60, 60, 100, 90);
        await world.EvaluateAsync();
        var before = (await world.StandingAsync()).Good;

        await world.DecideAsync(MergeRule.WorstOf, [world.Other], NoDataRule.CountsAsNothing);
        await world.EvaluateAsync();
        Assert.Equal(before, (await world.StandingAsync()).Good);

        // Whole hours of both, and then ten minutes in which only the other has data.
        await world.CountAsync(0, 60, 100, 90);
        await world.Agreement.CountAsync(Enumerable.Range(60, 10).Select(i => (Now.AddMinutes(i), 80d, 100d)), Ct, world.Other);
        world.Agreement.Clock.Advance(TimeSpan.FromMinutes(75));
        await world.EvaluateAsync();
        var counted = await world.CountedAsync(0, 75);

        Assert.Equal((60 * 90d + 10 * 80, 70 * 100d), (counted.Good, counted.Total));
        var after = await world.StandingAsync();
        Assert.Equal(await world.WindowAsync(), new EventCounts(after.Good, after.Total));
    }

    [Fact]
    public async Task Sign_AfterANewVersionAndAChangedDecision_EachMinuteCountsByTheRuleOfItsTime()
    {
        await using var world = await World.BuildAsync(postgres.ConnectionString);
        await world.DecideAsync(MergeRule.WorstOf, [world.Other], NoDataRule.CountsAsNothing);
        await world.CountAsync(0, 30, 100, 90);
        world.Agreement.Clock.Advance(TimeSpan.FromMinutes(30));
        await world.DecideAsync(MergeRule.Median, [world.Other], NoDataRule.CountsAsNothing);
        await world.CountAsync(30, 30, 100, 90);
        world.Agreement.Clock.Advance(TimeSpan.FromMinutes(30));
        await world.EvaluateAsync();

        Assert.Equal(30 * 90 + 30 * 95, (await world.CountedAsync(0, 60)).Good, 6);
        // Another agreement on the SLI counts the same from its first day on.
        await world.Agreement.SignByBothAsync(await world.Agreement.ProposeVersionAsync(world.Agreement.Terms(98m), Ct), Ct);
        Assert.Equal(30 * 90 + 30 * 95, (await world.CountedAsync(0, 60)).Good, 6);
    }

    [Fact]
    public async Task Sign_SilenceCountsAsBad_CountsWhatIsUsualAtTheHourUntilLateDataComes()
    {
        await using var world = await World.BuildAsync(postgres.ConnectionString);
        await world.DecideAsync(MergeRule.Primary, [], NoDataRule.CountsAsBad, 15);
        await world.Agreement.CountAsync(Enumerable.Range(0, 10).Select(i => (Now.AddMinutes(i), 100d, 100d)), Ct);
        world.Agreement.Clock.Advance(TimeSpan.FromMinutes(90));
        await world.EvaluateAsync();
        // Ten minutes of data, fifteen of patience, and then 65 that failed, at the 4,000 events an hour of the weeks before; a second evaluation finds nothing more.
        var expected = new EventCounts(1000, 1000 + 65 * 4000 / 60d);
        Assert.Equal(expected, await world.CountedAsync(0, 90), Close);
        await world.EvaluateAsync();
        Assert.Equal(expected, await world.CountedAsync(0, 90), Close);

        await world.Agreement.CountAsync(Enumerable.Range(10, 80).Select(i => (Now.AddMinutes(i), 100d, 100d)), Ct);
        await world.EvaluateAsync();
        Assert.Equal(new EventCounts(9000, 9000), await world.CountedAsync(0, 90), Close);
    }

    [Fact]
    public async Task Sign_SilenceInMinutesThatACorrectionLeavesOut_CountsAsNothing()
    {
        await using var world = await World.BuildAsync(postgres.ConnectionString);
        await world.DecideAsync(MergeRule.Primary, [], NoDataRule.CountsAsBad, 5);
        var id = (await world.Agreement.Get<ProposeCorrection.Handler>().HandleAsync(
            new(world.Agreement.SliId, CorrectionKind.Exclude, Now, Now.AddHours(1), "Maintenance.", "The announcement."), world.Agreement.Owner, Ct)).Require();
        (await world.Agreement.Get<DecideCorrection.Handler>().HandleAsync(new(id, Approve: true, ""), world.Colleague, Ct)).Require();
        world.Agreement.Clock.Advance(TimeSpan.FromMinutes(50));
        await world.EvaluateAsync();

        Assert.Equal(EventCounts.None, await world.CountedAsync(0, 50));
    }

    [Fact]
    public async Task Sign_ByTheProposerAStrangerOrWithAnotherHash_IsRefused()
    {
        await using var world = await World.BuildAsync(postgres.ConnectionString);
        var (id, hash) = await world.ProposeAsync(MergeRule.Other, [world.Other], NoDataRule.CountsAsNothing);

        Assert.Equal("You proposed it; somebody else has to sign it.", (await SignAsync(world.Agreement.Owner, hash)).Refusal?.Message);
        Assert.Equal(RefusalKind.Denied, (await SignAsync(world.Agreement.Stakeholder, hash)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Conflict, (await SignAsync(world.Colleague, new string('0', 64))).Refusal?.Kind);
        Assert.Contains("Password", (await SignAsync(world.Colleague, hash, "wrong")).Refusal!.Fields!.Keys);
        (await SignAsync(world.Colleague, hash)).Require();
        Assert.Equal(RefusalKind.Conflict, (await SignAsync(world.Colleague, hash)).Refusal?.Kind);
        // What is read by a decision in force is not removed.
        var pair = Assert.Single((await world.Agreement.Get<ListMeasurements.Handler>().HandleAsync(new(world.Agreement.SliId), world.Colleague, Ct)).Require().Others);
        Assert.Equal(RefusalKind.Conflict, (await world.Agreement.Get<RemoveMeasurement.Handler>().HandleAsync(new(pair.Id, "Off."), world.Colleague, Ct)).Refusal?.Kind);

        Task<Outcome<Done>> SignAsync(Actor actor, string read, string password = Agreement.Password) => world.Agreement.Get<SignCounting.Handler>().HandleAsync(new(id, "Agreed.", read, password), actor, Ct);
    }

    [Fact]
    public async Task Version_MovedToCountsThatNobodyDecided_IsRefusedByTheDatabase()
    {
        await using var world = await World.BuildAsync(postgres.ConnectionString);
        await using var db = await world.Agreement.OpenAsync(Ct);

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => db.Database.ExecuteSqlAsync($"UPDATE objective_versions SET counts_id = {world.Other} WHERE sli_id = {world.Agreement.SliId}", Ct));
    }

    [Fact]
    public async Task Verdict_MeasurementsThatDisagree_IsUndeterminedUntilItIsDecidedWhichCounts()
    {
        await using var world = await World.BuildAsync(postgres.ConnectionString);
        await world.Agreement.CountAsync(Enumerable.Range(1, 600).Select(i => (Now.AddMinutes(-i), 90d, 100d)), Ct, world.Other);

        var told = await world.VerdictAsync();
        Assert.Equal(Verdict.Undetermined, told.Verdict);
        Assert.Equal([Verdict.Met, Verdict.Missed], told.Measured.Select(m => m.Verdict));
        Assert.Equal(0.9, told.Measured[1].Attained!.Value, 12);

        await world.DecideAsync(MergeRule.Primary, [], NoDataRule.CountsAsNothing);
        world.Agreement.Clock.Advance(TimeSpan.FromMinutes(2));
        await world.EvaluateAsync();
        Assert.Equal((Verdict.Met, true), ((await world.VerdictAsync()).Verdict, (await world.VerdictAsync()).IsDecided));
    }

    [Fact]
    public async Task Verdict_AGapThatCouldHaveMissedIt_IsUndeterminedWhereThatWasDecided()
    {
        await using var world = await World.BuildAsync(postgres.ConnectionString);
        await world.DecideAsync(MergeRule.Primary, [], NoDataRule.Undetermined);
        world.Agreement.Clock.Advance(TimeSpan.FromHours(3));
        await world.EvaluateAsync();

        var told = await world.VerdictAsync();

        Assert.Equal((Verdict.Undetermined, NoDataRule.Undetermined), (told.Verdict, told.NoData));
        // Of every quarter of an hour one minute has data.
        Assert.Equal((double)((7 * 24 - 3) * 4 * 14 + 180), (double)told.Missing.Minutes, 30d);
        Assert.True(told.Lowest < 0.99 && told.Highest > 0.99 && told.Missing.Events > 600_000);
    }

    private static bool Close(EventCounts a, EventCounts b) => Math.Abs(a.Good - b.Good) < 1e-6 && Math.Abs(a.Total - b.Total) < 1e-6;

    /// <summary>A service whose SLI has counted a week of good minutes, an objective on it of 99 %, and another measurement.</summary>
    private sealed class World(Agreement agreement, int other, Actor colleague) : IAsyncDisposable
    {
        public Agreement Agreement => agreement;

        public int Other => other;

        public Actor Colleague => colleague;

        public static async Task<World> BuildAsync(string connection)
        {
            var agreement = await Agreement.CreateAsync(connection, Ct, Now);
            await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct, terms: agreement.Terms(99m)), Ct);
            var other = await FindDisagreementsTests.PushedAsync(agreement, "probed");
            (await agreement.Get<AddMeasurement.Handler>().HandleAsync(new(agreement.SliId, other, 1, 3, 2, "A probe."), agreement.Owner, Ct)).Require();
            return new(agreement, other, await agreement.AddPersonAsync("Colleague", Ct, member: true, Role.ServiceOwner));
        }

        /// <summary>A hundred events of each in every minute, so many of them good.</summary>
        public async Task CountAsync(int from, int minutes, double good, double otherGood)
        {
            await agreement.CountAsync(Enumerable.Range(from, minutes).Select(i => (Now.AddMinutes(i), good, 100d)), Ct);
            await agreement.CountAsync(Enumerable.Range(from, minutes).Select(i => (Now.AddMinutes(i), otherGood, 100d)), Ct, other);
        }

        public async Task<(Guid Id, string Hash)> ProposeAsync(MergeRule merge, int[] others, NoDataRule noData, int? badAfter = null)
        {
            var id = (await agreement.Get<ProposeCounting.Handler>().HandleAsync(new(agreement.SliId, merge, others, noData, badAfter, null, "We looked at both."), agreement.Owner, Ct)).Require();
            var told = (await agreement.Get<ListCounting.Handler>().HandleAsync(new(agreement.SliId), colleague, Ct)).Require();
            return (id, told.Decisions.Single(d => d.Id == id).ContentHash);
        }

        public async Task DecideAsync(MergeRule merge, int[] others, NoDataRule noData, int? badAfter = null)
        {
            var (id, hash) = await ProposeAsync(merge, others, noData, badAfter);
            (await agreement.Get<SignCounting.Handler>().HandleAsync(new(id, "", hash, Agreement.Password), colleague, Ct)).Require();
        }

        public Task EvaluateAsync() => agreement.Pass<EvaluateBudgets>().RunAsync(agreement.Now, Ct);

        public async Task<EventCounts> CountedAsync(int from, int to) => (await agreement.Get<SliCounts>().InAsync([new(await CountsIdAsync(), new(Now.AddMinutes(from), Now.AddMinutes(to)))], Ct))[0];

        public async Task<EventCounts> WindowAsync() => (await agreement.Get<SliCounts>().InAsync([new(await CountsIdAsync(), Interval.EndingAt(agreement.Now, TimeSpan.FromDays(7)))], Ct))[0];

        public async Task<Standing> StandingAsync() => (await agreement.Get<GetStanding.Handler>().HandleAsync(new(agreement.Service, "orders-placed"), agreement.Owner, Ct)).Require()!;

        public async Task<VerdictTold> VerdictAsync() => (await agreement.Get<GetVerdict.Handler>().HandleAsync(new(agreement.Service, "orders-placed"), agreement.Owner, Ct)).Require()!;

        public ValueTask DisposeAsync() => agreement.DisposeAsync();

        private async Task<int> CountsIdAsync()
        {
            await using var db = await agreement.OpenAsync(Ct);
            return await db.ObjectiveVersions.Where(v => v.SliId == agreement.SliId).OrderByDescending(v => v.Number).Select(v => v.CountsId).FirstAsync(Ct);
        }
    }
}
