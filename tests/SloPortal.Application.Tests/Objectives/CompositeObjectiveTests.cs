using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Budgets;
using SloPortal.Application.Budgets.Evaluation;
using SloPortal.Application.Measurement;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Objectives;

/// <summary>Journeys over several SLIs, from the definition to the evaluated budget and what each step takes from it.</summary>
public sealed class CompositeObjectiveTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CompositeRule.Weighted, null)]
    [InlineData(CompositeRule.WorstOf, null)]
    [InlineData(CompositeRule.Weighted, "timeslices 5m 99")]
    public async Task Composite_LateCountsOfItsParts_FollowInItsBudgetAndTheContributions(CompositeRule rule, string? method)
    {
        var random = new Random(7);
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var other = await AddPartAsync(agreement, "payments");
        var journey = (await CreateAsync(agreement, rule, [new(agreement.SliId, 0.6m), new(other, 0.4m)])).Require();
        await EvaluateAsync(agreement);
        await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct, "buying", agreement.Terms(99.5m) with { Sli = "buying", Method = method }), Ct);

        for (var round = 0; round < 5; round++)
        {
            foreach (var part in new[] { agreement.SliId, other })
            {
                var late = Enumerable.Range(0, 30).Select(_ => MinuteClock.Floor(agreement.Now).AddMinutes(-random.Next(1, 4000))).Distinct()
                    .Select(minute => { var total = random.Next(1, 200); return (minute, (double)random.Next(total / 2, total + 1), (double)total); });
                await agreement.CountAsync(late, Ct, part);
            }

            agreement.Clock.Advance(TimeSpan.FromMinutes(random.Next(1, 40)));
            await EvaluateAsync(agreement);
        }

        var (counts, until) = (agreement.Get<SliCounts>(), MinuteClock.Floor(agreement.Now));
        var week = Interval.EndingAt(until, TimeSpan.FromDays(7));
        var expected = await CountedAnewAsync(counts, new(rule, [new(agreement.SliId, 0.6m), new(other, 0.4m)]), week);
        var stored = await counts.BucketsAsync(journey, week, BucketSize.Minute, Ct);
        Assert.Equal(expected.Select(b => b.Start), stored.Select(b => b.Start));
        Assert.All(expected.Zip(stored), pair => Assert.Equal((pair.First.Counts.Good, pair.First.Counts.Total), (pair.Second.Counts.Good, pair.Second.Counts.Total), Close));
        var shown = (await agreement.Get<GetContributions.Handler>().HandleAsync(new(agreement.Service, "buying"), agreement.Owner, Ct)).Require()!;
        var within = expected.Where(b => b.Start >= shown.From && b.Start < shown.To).ToList();
        Assert.Equal(within.Sum(b => b.Counts.Bad), shown.Parts.Sum(p => p.LostMinutes), 6);
        Assert.Equal(1, shown.Parts.Sum(p => p.Share!.Value), 9);
        var standing = (await agreement.Get<GetStanding.Handler>().HandleAsync(new(agreement.Service, "buying"), agreement.Owner, Ct)).Require()!;
        Assert.Equal(method is null ? "minutes" : "slices", standing.Unit);
        if (method is null)
            Assert.Equal(shown.LostMinutes, standing.Total - standing.Good, 6);
    }

    [Fact]
    public async Task Create_PartsThatCannotBe_AreRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);
        var other = await AddPartAsync(agreement, "payments");

        Assert.Contains("make 90 %", (await CreateAsync(agreement, CompositeRule.Weighted, [new(agreement.SliId, 0.5m), new(other, 0.4m)])).Refusal!.Message, StringComparison.Ordinal);
        Assert.Contains("There is no SLI 987654", (await CreateAsync(agreement, CompositeRule.WorstOf, [new(agreement.SliId, 0), new(987654, 0)])).Refusal!.Message, StringComparison.Ordinal);
        var journey = (await CreateAsync(agreement, CompositeRule.WorstOf, [new(agreement.SliId, 0), new(other, 0)])).Require();
        Assert.Contains("a journey itself", (await CreateAsync(agreement, CompositeRule.WorstOf, [new(agreement.SliId, 0), new(journey, 0)], "again")).Refusal!.Message, StringComparison.Ordinal);
        Assert.Contains("Archive the journey first", (await agreement.Get<ArchiveSli.Handler>().HandleAsync(new(other), agreement.Owner, Ct)).Refusal!.Message, StringComparison.Ordinal);
        (await agreement.Get<ArchiveSli.Handler>().HandleAsync(new(journey), agreement.Owner, Ct)).Require();
        (await agreement.Get<ArchiveSli.Handler>().HandleAsync(new(other), agreement.Owner, Ct)).Require();
    }

    [Fact]
    public async Task Propose_MinutesOfAnSliThatCountsEvents_IsRefused()
    {
        await using var agreement = await Agreement.CreateAsync(postgres.ConnectionString, Ct);

        var outcome = await agreement.Get<ProposeObjective.Handler>().HandleAsync(
            new(agreement.Service, "orders-placed", "Orders placed", "", agreement.Terms() with { Method = "minutes" }), agreement.Owner, Ct);

        Assert.Contains("Only a journey", outcome.Refusal!.Message, StringComparison.Ordinal);
    }

    private static async Task<int> AddPartAsync(Agreement agreement, string slug)
    {
        var id = (await agreement.Get<CreateSli.Handler>().HandleAsync(new(agreement.Service, slug, "Payments answered", "", null, new SliDraft { Kind = SliKind.Pushed }), agreement.Owner, Ct)).Require();
        await agreement.CountAsync(Enumerable.Range(1, 8 * 24 * 12).Select(i => (MinuteClock.Floor(agreement.Now).AddMinutes(-5 * i), i % 50 == 0 ? 40d : 50d, 50d)), Ct, id);
        return id;
    }

    private static Task<Outcome<int>> CreateAsync(Agreement agreement, CompositeRule rule, IReadOnlyList<CompositePart> parts, string slug = "buying") =>
        agreement.Get<CreateSli.Handler>().HandleAsync(
            new(agreement.Service, slug, "Buying", "", null, new SliDraft { Kind = SliKind.Composite, Rule = rule, Parts = parts }), agreement.Owner, Ct);

    private static Task EvaluateAsync(Agreement agreement) =>
        new EvaluateBudgets(agreement.Get<NpgsqlDataSource>(), agreement.Get<IDbContextFactory<PortalDbContext>>()).RunAsync(agreement.Now, Ct);

    private static async Task<List<CountBucket>> CountedAnewAsync(SliCounts counts, Composite composite, Interval interval)
    {
        var minutes = new SortedDictionary<DateTimeOffset, EventCounts[]>();
        for (var part = 0; part < composite.Parts.Count; part++)
        {
            foreach (var bucket in await counts.BucketsAsync(composite.Parts[part].SliId, interval, BucketSize.Minute, Ct))
            {
                if (!minutes.TryGetValue(bucket.Start, out var all))
                    minutes[bucket.Start] = all = new EventCounts[composite.Parts.Count];
                all[part] = bucket.Counts;
            }
        }

        return [.. minutes.Select(m => new CountBucket(m.Key, composite.CountMinute(m.Value))).Where(b => b.Counts.HasData)];
    }

    private static bool Close((double Good, double Total) a, (double Good, double Total) b) => Math.Abs(a.Good - b.Good) < 1e-6 && Math.Abs(a.Total - b.Total) < 1e-6;
}
