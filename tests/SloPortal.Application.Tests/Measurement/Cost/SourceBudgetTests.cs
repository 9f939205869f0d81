using Microsoft.Extensions.Time.Testing;
using Npgsql;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Application.Tests.Measurement.Ingest;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Cost;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Measurement.Cost;

public sealed class SourceBudgetTests : IAsyncLifetime
{
    private static readonly long Start = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 60_000 * 60_000) - 3_600_000;

    private static readonly CounterRatio Requests = new(null, SeriesSelector.Parse("requests_total{code=\"500\"}"), SeriesSelector.Parse("requests_total"));

    private string database = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await TestPostgres.CreateDatabaseAsync(Ct);

    public async ValueTask DisposeAsync() => await TestPostgres.DropDatabaseAsync(database, CancellationToken.None);

    [Fact]
    public async Task WriteAsync_MoreSeriesThanTheBudget_TwoPortalsAndARestartedOneRefuseTheSame()
    {
        await using var one = await IngestPortal.StartAsync(database);
        var two = await IngestPortal.StartAsync(database);
        var (source, other) = (await one.AddSourceAsync("prometheus"), await one.AddSourceAsync("other"));
        await one.AddSliAsync("requests", Requests);
        await one.SetBudgetAsync(source, maxSeries: 4);
        // A sample that is refused for what it says leaves a trace in the memory of one portal only.
        await one.WriteAsync(source, One("x", 0, double.NaN));
        for (var i = 0; i < 10; i++)
            Assert.Equal(IngestAnswer.Stored, await (i % 2 == 0 ? one : two).WriteAsync(source, One($"{(char)('a' + (i % 5))}", i, i)));
        Assert.Equal(IngestAnswer.Stored, await one.WriteAsync(source, One("x", 11, 1)));
        await two.DisposeAsync();
        await using var again = await IngestPortal.StartAsync(database);
        Assert.Equal(IngestAnswer.Stored, await again.WriteAsync(source, One("x", 12, 1)));
        Assert.Equal(IngestAnswer.Stored, await again.WriteAsync(other, One("x", 12, 1)));

        Assert.Equal(["a", "b", "c", "d"], (await one.RowsAsync($"SELECT labels ->> 'pod' FROM series WHERE source_id = {source} ORDER BY id")).Select(r => (string)r[0]!));
        // Both samples of the fifth, and two of x.
        Assert.Equal(4L, Assert.Single(await one.RowsAsync("SELECT samples FROM source_counts WHERE outcome = 'SeriesBudget'"))[0]);
        Assert.Contains("requests_total", (string)Assert.Single(await one.RowsAsync("SELECT example FROM source_counts WHERE outcome = 'SeriesBudget'"))[0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_BudgetIsRaisedWhilePortalsWrite_TakesTheNextSampleOnBoth()
    {
        await using var one = await IngestPortal.StartAsync(database);
        await using var two = await IngestPortal.StartAsync(database);
        var source = await one.AddSourceAsync("prometheus");
        await one.SetBudgetAsync(source, maxSeries: 1);
        foreach (var portal in new[] { one, two })
        {
            await portal.WriteAsync(source, One("a", 0, 1));
            await portal.WriteAsync(source, One("b", 0, 1));
        }
        await one.SetBudgetAsync(source, maxSeries: 2);
        await two.WriteAsync(source, One("b", 1, 1));
        await one.WriteAsync(source, One("c", 1, 1));

        Assert.Equal(["a", "b"], (await one.RowsAsync("SELECT labels ->> 'pod' FROM series ORDER BY id")).Select(r => (string)r[0]!));
    }

    [Fact]
    public async Task WriteAsync_AboveTheRate_IsPutOffAndCountsOnceWhenSentAgain()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var portal = await IngestPortal.StartAsync(database, clock: clock);
        var source = await portal.AddSourceAsync("prometheus");
        await portal.AddSliAsync("requests", Requests);
        await portal.SetBudgetAsync(source, maxSamplesPerSecond: 1);
        // The first brings the budget into the gate, the second takes all of a minute and more.
        Assert.Equal(IngestAnswer.Stored, await portal.WriteAsync(source, One("a", 0, 10)));
        Assert.Equal(IngestAnswer.Stored, await portal.WriteAsync(source, Scrapes(1, 70)));

        var (answer, wait) = await portal.AskAsync(source, Scrapes(71, 4));
        Assert.Equal(IngestAnswer.OverRate, answer);
        Assert.InRange(wait.TotalSeconds, 10, 11);
        clock.Advance(wait);
        Assert.Equal(IngestAnswer.Stored, await portal.WriteAsync(source, Scrapes(71, 4)));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(IngestAnswer.Stored, await portal.WriteAsync(source, Scrapes(71, 4)));

        Assert.Equal(740.0, Assert.Single(await portal.RowsAsync("SELECT sum(total) FROM sli_minutes"))[0]);
        Assert.Equal(
            [("Duplicate", 4L), ("Matched", 75L), ("PutOff", 4L)],
            (await portal.RowsAsync("SELECT outcome, sum(samples)::bigint FROM source_counts GROUP BY outcome ORDER BY outcome")).Select(r => ((string)r[0]!, (long)r[1]!)));
    }

    [Fact]
    public async Task WriteAsync_PutOffAndThenTurnedAwayByAFullQueue_IsStillTold()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var portal = await IngestPortal.StartAsync(database, new IngestSettings { QueuedSamples = 3 }, clock: clock);
        var (source, other) = (await portal.AddSourceAsync("prometheus"), await portal.AddSourceAsync("other"));
        await portal.AddSliAsync("requests", Requests);
        await portal.SetBudgetAsync(source, maxSamplesPerSecond: 1);
        Assert.Equal(IngestAnswer.Stored, await portal.WriteAsync(source, One("a", 0, 10)));
        Assert.Equal(IngestAnswer.Stored, await portal.WriteAsync(source, Scrapes(1, 70)));
        Assert.Equal(IngestAnswer.OverRate, (await portal.AskAsync(source, Scrapes(71, 5))).Answer);

        var waiting = new List<Task<IngestAnswer>>();
        await using (var holder = await portal.Database.OpenConnectionAsync(Ct))
        await using (var held = await holder.BeginTransactionAsync(Ct))
        {
            await using (var hold = new NpgsqlCommand("SELECT FROM ingest_head FOR UPDATE", holder))
                await hold.ExecuteNonQueryAsync(Ct);
            // Until one is turned away at once, since more waits than may wait.
            while (waiting is not [.., { IsCompleted: true }])
                waiting.Add(portal.WriteAsync(other, One("b", waiting.Count, waiting.Count)));
            clock.Advance(TimeSpan.FromMinutes(5));
            Assert.Equal(IngestAnswer.Busy, await portal.WriteAsync(source, Scrapes(71, 5)));
        }
        await Task.WhenAll(waiting);
        Assert.Equal(IngestAnswer.Stored, await portal.WriteAsync(source, Scrapes(71, 5)));

        Assert.Equal(5L, Assert.Single(await portal.RowsAsync($"SELECT sum(samples)::bigint FROM source_counts WHERE source_id = {source} AND outcome = 'PutOff'"))[0]);
    }

    [Fact]
    public async Task WriteAsync_AboveTheRateThinned_CountsTheSameAndSaysWhatItLeftOut()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var portal = await IngestPortal.StartAsync(database, clock: clock);
        var source = await portal.AddSourceAsync("prometheus");
        await portal.AddSliAsync("requests", Requests);
        await portal.SetBudgetAsync(source, null, 1, AboveRate.Thin);
        Assert.Equal(IngestAnswer.Stored, await portal.WriteAsync(source, One("a", 0, 10)));
        Assert.Equal(IngestAnswer.Stored, await portal.WriteAsync(source, Scrapes(1, 70)));
        Assert.Equal(IngestAnswer.Stored, await portal.WriteAsync(source, Scrapes(71, 40)));
        // What is held of the last minute is stored with whatever comes next, from anywhere.
        var other = await portal.AddSourceAsync("other");
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(IngestAnswer.Stored, await portal.WriteAsync(other, One("b", 1, 1)));

        Assert.Equal(1100.0, Assert.Single(await portal.RowsAsync("SELECT sum(total) FROM sli_minutes"))[0]);
        // Forty scrapes of a quarter of a minute, from 17:45 to 27:30, are eleven minutes of which the last of each is kept.
        Assert.Equal(
            [("Matched", 71L + 11), ("Thinned", 29L)],
            (await portal.RowsAsync($"SELECT outcome, sum(samples)::bigint FROM source_counts WHERE source_id = {source} GROUP BY outcome ORDER BY outcome")).Select(r => ((string)r[0]!, (long)r[1]!)));
    }

    private static WriteRequestBuilder One(string pod, int scrape, double value) =>
        new WriteRequestBuilder().Series([("__name__", "requests_total"), ("code", "200"), ("pod", pod)], (Start + (scrape * 15_000), value));

    private static WriteRequestBuilder Scrapes(int first, int count) =>
        new WriteRequestBuilder().Series([("__name__", "requests_total"), ("code", "200"), ("pod", "a")],
            [.. Enumerable.Range(first, count).Select(i => (Start + (i * 15_000L), 10.0 + (i * 10)))]);
}
