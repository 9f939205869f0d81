using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SloPortal.Application.Common;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Common;

public sealed class PassRunnerTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private string connectionString = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => connectionString = await TestPostgres.CreateDatabaseAsync(Ct);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await TestPostgres.DropDatabaseAsync(connectionString, CancellationToken.None);
    }

    [Fact]
    public async Task RunIfDue_MorePassesAtOnceThanConnections_AllDoTheirWork()
    {
        // A connection that does not come within two seconds fails the pass that waits for it.
        await using var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 4, Timeout = 2 });
        await using var locks = new PassLocks(dataSource);
        var runner = new PassRunner(dataSource, locks, NullLogger<PassRunner>.Instance);
        var together = new TaskCompletionSource();
        var arrived = 0;
        var passes = Enumerable.Range(1, 8).Select(i => new Pass($"pass-{i}", async ct =>
        {
            if (Interlocked.Increment(ref arrived) == 8)
                together.SetResult();
            await together.Task.WaitAsync(TimeSpan.FromSeconds(60), ct);
            await using var work = dataSource.CreateCommand("SELECT 1");
            await work.ExecuteScalarAsync(ct);
        })).ToList();

        Assert.All(await Task.WhenAll(passes.Select(p => runner.RunIfDueAsync(p, Now, Ct))), Assert.True);

        await using var command = dataSource.CreateCommand("SELECT count(*) FROM pass_runs WHERE name LIKE 'pass-%' AND last_succeeded_at IS NOT NULL AND last_error IS NULL");
        Assert.Equal(8L, await command.ExecuteScalarAsync(Ct));
    }

    [Fact]
    public async Task RunIfDue_SessionOfTheLocksIsEnded_NextTryRuns()
    {
        await using var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "passes" });
        await using var locks = new PassLocks(dataSource);
        var runner = new PassRunner(dataSource, locks, NullLogger<PassRunner>.Instance);
        var pass = new Pass("lonely", _ => Task.CompletedTask);
        Assert.True(await runner.RunIfDueAsync(pass, Now, Ct));
        Assert.False(await runner.RunIfDueAsync(pass, Now.AddSeconds(30), Ct));

        await using (var other = NpgsqlDataSource.Create(connectionString))
        {
            await using var end = other.CreateCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'passes'");
            await end.ExecuteNonQueryAsync(Ct);
        }
        dataSource.Clear();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => runner.RunIfDueAsync(pass, Now.AddMinutes(1), Ct));
        Assert.True(await runner.RunIfDueAsync(pass, Now.AddMinutes(1), Ct));
    }

    [Fact]
    public async Task TryTake_HeldHereOrElsewhere_IsRefusedUntilReleased()
    {
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await using var here = new PassLocks(dataSource);
        await using var elsewhere = new PassLocks(dataSource);

        Assert.True(await here.TryTakeAsync("a", Ct));
        Assert.False(await here.TryTakeAsync("a", Ct));
        Assert.False(await elsewhere.TryTakeAsync("a", Ct));
        Assert.True(await elsewhere.TryTakeAsync("b", Ct));
        await here.ReleaseAsync("a");
        Assert.True(await elsewhere.TryTakeAsync("a", Ct));
    }

    private sealed class Pass(string name, Func<CancellationToken, Task> run) : IPass
    {
        public string Name => name;

        public TimeSpan Every => TimeSpan.FromMinutes(1);

        public Task RunAsync(DateTimeOffset now, CancellationToken ct) => run(ct);
    }
}
