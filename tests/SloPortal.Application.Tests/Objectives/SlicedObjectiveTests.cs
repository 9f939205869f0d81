using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Budgets;
using SloPortal.Application.Budgets.Evaluation;
using SloPortal.Application.Measurement;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Objectives;

/// <summary>Objectives that count slices of time, from the proposal to the evaluated budget.</summary>
public sealed class SlicedObjectiveTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("timeslices 5m 99", 1)]
    [InlineData("timeslices 1m 99.5", 2)]
    [InlineData("ratio timeslices 5m", 3)]
    public async Task Slices_CountsThatComeInAnyOrder_EqualTheHistoryCountedAnew(string method, int seed)
    {
        var random = new Random(seed);
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var version = await AgreeAsync(agreement, method);
        await EvaluateAsync(agreement);
        await AssertSlicedAsync(agreement, version);

        // Minutes of the past two days, some of them again, while the clock goes on by odd steps.
        for (var round = 0; round < 8; round++)
        {
            var late = Enumerable.Range(0, 40).Select(_ => MinuteClock.Floor(agreement.Now).AddMinutes(-random.Next(round % 2 == 0 ? 90 : 3000))).Distinct()
                .Select(minute => { var total = random.Next(1, 400); return (minute, (double)random.Next(total * 9 / 10, total + 1), (double)total); });
            await agreement.CountAsync(late, Ct);
            agreement.Clock.Advance(TimeSpan.FromMinutes(random.Next(1, 9)));
            await EvaluateAsync(agreement);
            await AssertSlicedAsync(agreement, version);
        }

        agreement.Clock.Advance(TimeSpan.FromHours(2));
        await EvaluateAsync(agreement);
        await AssertSlicedAsync(agreement, version);
        await using var left = agreement.Get<NpgsqlDataSource>().CreateCommand($"SELECT count(*) FROM derived_hours_due WHERE sli_id = {version.CountsId}");
        Assert.Equal(0L, await left.ExecuteScalarAsync(Ct));
    }

    [Fact]
    public async Task Evaluate_ASliceThatHasNotEnded_WaitsForItsEnd()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct, new(2026, 11, 10, 12, 2, 0, TimeSpan.Zero));
        var version = await AgreeAsync(agreement, "timeslices 5m 99");
        await agreement.CountAsync([(agreement.Now, 0, 100)], Ct);

        await EvaluateAsync(agreement);
        var before = await StateAsync(agreement, version);
        agreement.Clock.SetUtcNow(new(2026, 11, 10, 12, 5, 20, TimeSpan.Zero));
        await EvaluateAsync(agreement);
        var after = await StateAsync(agreement, version);

        Assert.Equal((new DateTimeOffset(2026, 11, 10, 12, 0, 0, TimeSpan.Zero), before.Total - before.Good), (before.EvaluatedAt, after.Total - after.Good - 1));
        Assert.Equal(new DateTimeOffset(2026, 11, 10, 12, 5, 0, TimeSpan.Zero), after.EvaluatedAt);
    }

    [Fact]
    public async Task Evaluate_AnHourOfBadSlices_PagesThoughFewerThanTenWereSeen()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var version = await AgreeAsync(agreement, "timeslices 5m 99");
        await agreement.CountAsync([.. Enumerable.Range(1, 9).Select(slice => (agreement.Now.AddMinutes((5 * slice) - 5), 0d, 1d))], Ct);
        agreement.Clock.Advance(TimeSpan.FromMinutes(45));

        await EvaluateAsync(agreement);

        await using var db = await agreement.OpenAsync(Ct);
        Assert.NotEmpty(await db.Alerts.Where(a => a.ObjectiveId == version.ObjectiveId && a.ResolvedAt == null).ToListAsync(Ct));
    }

    [Fact]
    public async Task Propose_OtherMethod_MakesANewVersionAndThePastStaysAsItWasJudged()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct), Ct);
        await EvaluateAsync(agreement);
        var byEvents = await StoryAsync(agreement, agreement.Now);
        var changed = agreement.Now;

        agreement.Clock.Advance(TimeSpan.FromMinutes(30));
        await agreement.SignByBothAsync(await agreement.ProposeVersionAsync(agreement.Terms() with { Method = "timeslices 5m 99.5" }, Ct), Ct);
        await EvaluateAsync(agreement);

        var told = await StoryAsync(agreement, changed);
        Assert.Equal(byEvents.Points.Select(p => (p.At, p.Attained, p.BudgetLeft)), told.Points.Select(p => (p.At, p.Attained, p.BudgetLeft)));
        var standing = (await agreement.Get<GetStanding.Handler>().HandleAsync(new(agreement.Service, "orders-placed"), agreement.Owner, Ct)).Require()!;
        Assert.Equal((2, "slices"), (standing.Version, standing.Unit));
        Assert.NotEqual(byEvents.Points[^1].Attained, standing.Attained);
    }

    [Theory]
    [InlineData("timeslices 15m 99", "1 or 5 minutes")]
    [InlineData("timeslices 7m 99", "1, 2, 3")]
    [InlineData("timeslices 5m 100", "no error budget")]
    [InlineData("by feeling", "Write a method as")]
    public async Task Propose_MethodThatCannotBe_IsRefusedWithASentence(string method, string sentence)
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);

        var outcome = await agreement.Get<Application.Objectives.Proposals.ProposeObjective.Handler>().HandleAsync(
            new(agreement.Service, "orders-placed", "Orders placed", "", agreement.Terms() with { Method = method }), agreement.Owner, Ct);

        Assert.Equal(RefusalKind.Invalid, outcome.Refusal!.Kind);
        Assert.Contains(sentence, outcome.Refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<ObjectiveVersion> AgreeAsync(Agreement agreement, string method)
    {
        await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct, terms: agreement.Terms() with { Method = method }), Ct);
        await using var db = await agreement.OpenAsync(Ct);
        return await db.ObjectiveVersions.SingleAsync(v => db.Objectives.Any(o => o.Id == v.ObjectiveId && o.ServiceId == agreement.ServiceId), Ct);
    }

    private static Task EvaluateAsync(Agreement agreement) =>
        new EvaluateBudgets(agreement.Get<NpgsqlDataSource>(), agreement.Get<IDbContextFactory<PortalDbContext>>()).RunAsync(agreement.Now, Ct);

    private static async Task<Domain.Budgets.BudgetState> StateAsync(Agreement agreement, ObjectiveVersion version)
    {
        await using var db = await agreement.OpenAsync(Ct);
        return await db.BudgetStates.AsNoTracking().SingleAsync(s => s.ObjectiveId == version.ObjectiveId, Ct);
    }

    private static async Task<StoryTold> StoryAsync(Agreement agreement, DateTimeOffset until) =>
        (await agreement.Get<GetStory.Handler>().HandleAsync(new(agreement.Service, "orders-placed", null, until.AddDays(-2), until), agreement.Owner, Ct)).Require();

    /// <summary>Each stored slice, and the running sum over any window, against the whole history counted by the method.</summary>
    private static async Task AssertSlicedAsync(Agreement agreement, ObjectiveVersion version)
    {
        var counts = agreement.Get<SliCounts>();
        var all = new Interval(agreement.Now.AddDays(-30), version.Method.Floor(agreement.Now));
        var history = (await counts.MinutesAsync(agreement.SliId, all, Ct))!;
        var slices = version.Method.Count(history);
        var stored = await counts.BucketsAsync(version.CountsId, all, BucketSize.Minute, Ct);
        var expected = Enumerable.Range(0, slices.Minutes).Select(i => new CountBucket(slices.Start.AddMinutes(i), slices.In(i, i + 1))).Where(b => b.Counts.HasData).ToList();
        Assert.Equal(expected.Select(b => b.Start), stored.Select(b => b.Start));
        Assert.All(expected.Zip(stored), pair => Assert.Equal((pair.First.Counts.Good, 1d), (pair.Second.Counts.Good, pair.Second.Counts.Total), Close));
        var week = Interval.EndingAt(all.End, TimeSpan.FromDays(7));
        var seen = Assert.Single(await counts.InAsync([new(version.CountsId, week)], Ct));
        Assert.Equal((slices.In(week).Good, slices.In(week).Total), (seen.Good, seen.Total), Close);
    }

    private static bool Close((double Good, double Total) a, (double Good, double Total) b) => Math.Abs(a.Good - b.Good) < 1e-6 && Math.Abs(a.Total - b.Total) < 1e-6;
}
