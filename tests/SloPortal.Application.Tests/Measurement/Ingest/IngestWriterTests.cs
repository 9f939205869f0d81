using System.Globalization;
using Npgsql;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Domain.Measurement;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Measurement.Ingest;

public sealed class IngestWriterTests : IAsyncLifetime
{
    private static readonly long Start = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 60_000 * 60_000) - 3_600_000;

    private static readonly CounterRatio Requests = new(null, SeriesSelector.Parse("requests_total{code=\"500\"}"), SeriesSelector.Parse("requests_total"));

    private string database = "";

    public async ValueTask InitializeAsync() => database = await TestPostgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync() => await TestPostgres.DropDatabaseAsync(database, CancellationToken.None);

    [Fact]
    public async Task WriteAsync_TwoPortalsTakeTurnsWithTheSameSeries_CountEveryIncreaseOnce()
    {
        await using var one = await IngestPortal.StartAsync(database);
        await using var two = await IngestPortal.StartAsync(database);
        var source = await one.AddSourceAsync("prometheus");
        var sli = await one.AddSliAsync("requests", Requests);
        var random = new Random(11);
        var values = new double[20];
        double expected = 0;
        for (var scrape = 0; scrape < 40; scrape++)
        {
            var request = new WriteRequestBuilder();
            for (var i = 0; i < values.Length; i++)
            {
                var next = random.Next(15) == 0 ? random.Next(50) : values[i] + random.Next(50);
                expected += scrape == 0 ? 0 : next >= values[i] ? next - values[i] : next;
                values[i] = next;
                request.Series([("__name__", "requests_total"), ("code", "200"), ("pod", i.ToString(CultureInfo.InvariantCulture))], (Start + (scrape * 15_000), next));
            }

            var portal = random.Next(2) == 0 ? one : two;
            Assert.Equal(IngestAnswer.Stored, await portal.WriteAsync(source, request));
            if (random.Next(3) == 0)
            {
                Assert.Equal(IngestAnswer.Stored, await (portal == one ? two : one).WriteAsync(source, request));
            }
        }

        var row = Assert.Single(await one.RowsAsync($"SELECT sum(good), sum(total) FROM sli_minutes WHERE sli_id = {sli}"));
        Assert.Equal(expected, row[0]);
        Assert.Equal(expected, row[1]);
    }

    [Fact]
    public async Task WriteAsync_PortalStartsAnewFromACheckpointAndTheLog_GoesOnWhereItStood()
    {
        var source = 0;
        for (var life = 0; life < 4; life++)
        {
            await using var portal = await IngestPortal.StartAsync(database, new IngestSettings { CheckpointBytes = 1 });
            if (life == 0)
            {
                source = await portal.AddSourceAsync("prometheus");
                await portal.AddSliAsync("requests", Requests);
            }

            for (var i = 0; i < 5; i++)
            {
                var n = (life * 5) + i;
                Assert.Equal(IngestAnswer.Stored, await portal.WriteAsync(source, One(n, n * 10)));
            }
        }

        await using var last = await IngestPortal.StartAsync(database);
        Assert.Equal(IngestAnswer.Stored, await last.WriteAsync(source, One(20, 200)));
        Assert.Equal(200.0, Assert.Single(await last.RowsAsync("SELECT sum(total) FROM sli_minutes"))[0]);
        Assert.True((long)Assert.Single(await last.RowsAsync("SELECT checkpoint_seq FROM ingest_head"))[0]! > 0);
    }

    [Fact]
    public async Task WriteAsync_SamplesOfAllKinds_AreCountedByWhatBecameOfThem()
    {
        await using var portal = await IngestPortal.StartAsync(database);
        var source = await portal.AddSourceAsync("prometheus");
        await portal.AddSliAsync("requests", Requests);
        (string, string)[] read = [("__name__", "requests_total"), ("code", "200")];
        var request = new WriteRequestBuilder()
            .Series(read, (Start, 1), (Start, 1), (Start, 2), (Start + 1000, double.NaN), (Start + 2000, double.PositiveInfinity), (Start + 3000, -1))
            .Series(read, (Start + 86_400_000, 5), (1000, 5))
            .Series([("__name__", "other")], (Start, 1))
            .Series([("job", "nameless")], (Start, 1));

        Assert.Equal(IngestAnswer.Stored, await portal.WriteAsync(source, request));

        var counts = (await portal.RowsAsync("SELECT outcome, samples FROM source_counts")).ToDictionary(r => (string)r[0]!, r => (long)r[1]!);
        Assert.Equal(
            new Dictionary<string, long>
            {
                ["Matched"] = 1, ["Unmatched"] = 1, ["Duplicate"] = 1, ["Conflict"] = 1, ["NotANumber"] = 1, ["Infinite"] = 1, ["NegativeCounter"] = 1,
                ["InFuture"] = 1, ["PastRetention"] = 1, ["NoMetricName"] = 1,
            },
            counts);
        Assert.Equal("requests_total{code=\"200\"}", ((string)Assert.Single(await portal.RowsAsync("SELECT example FROM source_counts WHERE outcome = 'Conflict'"))[0]!)[..26]);
    }

    [Fact]
    public async Task WriteAsync_ConnectionsAreEnded_AnswersUnavailableAndLosesNothingThatWasAnswered()
    {
        await using var portal = await IngestPortal.StartAsync(database);
        var unpooled = database + ";Pooling=false";
        var source = await portal.AddSourceAsync("prometheus");
        await portal.AddSliAsync("requests", Requests);
        for (var i = 0; i <= 60; i++)
        {
            if (i % 12 == 5)
            {
                await using var outside = NpgsqlDataSource.Create(unpooled);
                await using var end = outside.CreateCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
                await end.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }

            while (await portal.WriteAsync(source, One(i, i * 10)) != IngestAnswer.Stored)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }

        await using var other = await IngestPortal.StartAsync(unpooled);
        Assert.Equal(600.0, Assert.Single(await other.RowsAsync("SELECT sum(total) FROM sli_minutes"))[0]);
    }

    [Fact]
    public async Task WriteAsync_SliIsAddedWhilePortalsWrite_CountsFromTheNextGroupOnOnBoth()
    {
        await using var one = await IngestPortal.StartAsync(database);
        await using var two = await IngestPortal.StartAsync(database);
        var source = await one.AddSourceAsync("prometheus");
        Assert.Equal(IngestAnswer.Stored, await one.WriteAsync(source, One(0, 10)));
        Assert.Equal(IngestAnswer.Stored, await two.WriteAsync(source, One(1, 30)));
        await one.AddSliAsync("requests", Requests);
        Assert.Equal(IngestAnswer.Stored, await one.WriteAsync(source, One(2, 70)));
        Assert.Equal(IngestAnswer.Stored, await two.WriteAsync(source, One(3, 150)));

        Assert.Equal(120.0, Assert.Single(await one.RowsAsync("SELECT sum(total) FROM sli_minutes"))[0]);
    }

    [Fact]
    public async Task StopAsync_WhileTheStateIsBeingRead_EndsQuietlyAndAnswersWhatWaits()
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var other = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var block = new NpgsqlCommand("LOCK ingest_head IN ACCESS EXCLUSIVE MODE", other))
            await block.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var portal = await IngestPortal.StartAsync(database);
        var waiting = portal.WriteAsync(1, One(0, 10));
        await using (var blocked = new NpgsqlCommand("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'ingest_head'::regclass", other))
        {
            while ((long)(await blocked.ExecuteScalarAsync(TestContext.Current.CancellationToken))! == 0)
                await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await portal.Writer.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(TaskStatus.RanToCompletion, portal.Writer.ExecuteTask!.Status);
        Assert.Equal(IngestAnswer.Unavailable, await waiting);
    }

    private static WriteRequestBuilder One(int scrape, double value) =>
        new WriteRequestBuilder().Series([("__name__", "requests_total"), ("code", "200")], (Start + (scrape * 15_000), value));
}
