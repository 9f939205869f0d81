using Npgsql;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Domain.Measurement;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Measurement.Ingest;

/// <summary>What is answered while another portal holds the head of the log and more waits than may wait.</summary>
public sealed class IngestBusyTests : IAsyncLifetime
{
    private const int Waiting = 3;

    private static readonly long Start = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 60_000 * 60_000) - 3_600_000;

    private string database = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await TestPostgres.CreateDatabaseAsync(Ct);

    public async ValueTask DisposeAsync() => await TestPostgres.DropDatabaseAsync(database, CancellationToken.None);

    [Fact]
    public async Task WriteAsync_AsManyRequestsWaitAsMay_AnswersBusyAndStoresTheOthers() =>
        await FillAsync(new IngestSettings { QueuedRequests = Waiting });

    [Fact]
    public async Task WriteAsync_AsManySamplesWaitAsMay_AnswersBusyAndStoresTheOthers() =>
        await FillAsync(new IngestSettings { QueuedSamples = Waiting });

    private async Task FillAsync(IngestSettings settings)
    {
        await using var portal = await IngestPortal.StartAsync(database, settings);
        var source = await portal.AddSourceAsync("prometheus");
        await portal.AddSliAsync("requests", new CounterRatio(null, SeriesSelector.Parse("requests_total{code=\"500\"}"), SeriesSelector.Parse("requests_total")));
        Assert.Equal(IngestAnswer.Stored, await portal.WriteAsync(source, One(0)));

        await using var other = await portal.Database.OpenConnectionAsync(Ct);
        await using var held = await other.BeginTransactionAsync(Ct);
        await using (var hold = new NpgsqlCommand("SELECT FROM ingest_head FOR UPDATE", other))
            await hold.ExecuteNonQueryAsync(Ct);

        // The writer takes the first ones and waits for the head; then as many wait as may; the next is turned away at once.
        var stored = new List<Task<IngestAnswer>>();
        var scrape = 1;
        Task<IngestAnswer> last;
        while (!(last = portal.WriteAsync(source, One(scrape))).IsCompleted)
        {
            stored.Add(last);
            scrape++;
            Assert.True(scrape < 100, "Nothing was turned away.");
        }
        Assert.Equal(IngestAnswer.Busy, await last);
        Assert.True(stored.Count >= Waiting);

        await held.RollbackAsync(Ct);
        Assert.All(await Task.WhenAll(stored), answer => Assert.Equal(IngestAnswer.Stored, answer));
        // What was turned away is sent again, and all of it is counted once.
        Assert.Equal(IngestAnswer.Stored, await portal.WriteAsync(source, One(scrape)));
        Assert.Equal(scrape * 10.0, Assert.Single(await portal.RowsAsync("SELECT sum(total) FROM sli_minutes"))[0]);
    }

    private static WriteRequestBuilder One(int scrape) =>
        new WriteRequestBuilder().Series([("__name__", "requests_total"), ("code", "200")], (Start + (scrape * 15_000), scrape * 10));
}
