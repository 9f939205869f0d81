using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SloPortal.Data.Common;

namespace SloPortal.Application.Tests.Common;

public sealed class PrivatePostgresTests(PrivatePostgresTests.CreatedCluster created)
    : IClassFixture<PrivatePostgresTests.CreatedCluster>, IDisposable
{
    private const string HolderVariable = "SLOPORTAL_TEST_HOLD_POSTGRES";

    private readonly string empty = NewFolder();

    public void Dispose() => Directory.Delete(empty, recursive: true);

    [Fact]
    public async Task StartAsync_EmptyFolder_CreatesTheDatabaseAndListensOnASocketOnly()
    {
        await using var postgres = await StartAsync(Empty());

        Assert.True(postgres.Started);
        Assert.Equal("sloportal", await AskAsync(postgres, "SELECT current_database()"));
        Assert.Equal("", await AskAsync(postgres, "SHOW listen_addresses"));
        Assert.Equal("UTF8", await AskAsync(postgres, "SHOW server_encoding"));
        Assert.Equal("on", await AskAsync(postgres, "SHOW data_checksums"));
    }

    [Fact]
    public async Task StartAsync_RealData_IsDurable()
    {
        await using var postgres = await StartAsync(Options() with { Volatile = false });

        Assert.Equal("on", await AskAsync(postgres, "SHOW fsync"));
        Assert.Equal("on", await AskAsync(postgres, "SHOW synchronous_commit"));
        Assert.Equal("on", await AskAsync(postgres, "SHOW full_page_writes"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task StartAsync_Running_KeepsTheClusterToItsOwner()
    {
        await using var postgres = await StartAsync();

        var owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Assert.Equal(owner, File.GetUnixFileMode(Home));
        Assert.Equal(owner, File.GetUnixFileMode(Path.Combine(Home, "data")));
        Assert.Equal("0700", await AskAsync(postgres, "SHOW unix_socket_permissions"));
    }

    [Fact]
    public async Task StartAsync_LongPath_PutsTheSocketWhereItsAddressFits()
    {
        var deep = Path.Combine(empty, new string('a', 60), new string('b', 60));
        await using var postgres = await StartAsync(Options() with { DataFolder = deep });

        var socketFolder = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host!;
        Assert.DoesNotContain(deep, socketFolder, StringComparison.Ordinal);
        await postgres.DisposeAsync();
        Assert.False(Directory.Exists(socketFolder));
    }

    [Fact]
    public async Task DisposeAsync_OnlyPortal_StopsTheServerAndKeepsTheData()
    {
        await using (var first = await StartAsync())
        {
            await AskAsync(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        }

        Assert.False(File.Exists(PidFile));
        await using var second = await StartAsync();
        Assert.True(second.Started);
        Assert.Equal(42, await AskAsync(second, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task StartAsync_TwoPortalsAtOnce_ShareOneServerUntilTheLastLeaves()
    {
        var both = await Task.WhenAll(StartAsync(), StartAsync());

        Assert.Single(both, p => p.Started);
        await both.Single(p => p.Started).DisposeAsync();
        var other = both.Single(p => !p.Started);
        Assert.Equal(1, await AskAsync(other, "SELECT 1"));
        await other.DisposeAsync();
        Assert.False(File.Exists(PidFile));
    }

    [Fact]
    public async Task StartAsync_PortalWasKilled_FindsItsServerAgain()
    {
        var program = Path.ChangeExtension(typeof(PrivatePostgresTests).Assembly.Location, null);
        var start = new ProcessStartInfo(program) { Environment = { [HolderVariable] = created.Folder }, RedirectStandardOutput = true };
        using var portal = Process.Start(start)!;
        Assert.Equal("ready", await portal.StandardOutput.ReadLineAsync(Token));
        var server = await ServerAsync();
        portal.Kill();
        await portal.WaitForExitAsync(Token);

        await using (var postgres = await StartAsync())
        {
            Assert.False(postgres.Started);
            Assert.Equal(server, await ServerAsync());
        }

        Assert.False(File.Exists(PidFile));
    }

    [Fact]
    public async Task StartAsync_ServerWasKilled_StartsItAnewAndLosesNothing()
    {
        var durable = Options() with { Volatile = false };
        await using var first = await StartAsync(durable);
        await AskAsync(first, "CREATE TABLE kept_from_kill AS SELECT 42 AS answer");
        using (var server = Process.GetProcessById(int.Parse(await ServerAsync(), null)))
        {
            server.Kill();
        }

        await using var second = await StartAsync(durable);

        Assert.True(second.Started);
        Assert.Equal(42, await AskAsync(second, "SELECT answer FROM kept_from_kill"));
    }

    [Fact]
    public async Task StartAsync_NoBinaries_SaysWhatToInstall()
    {
        var refused = await Assert.ThrowsAsync<PrivatePostgresUnavailableException>(
            () => StartAsync(Empty() with { PostgresBin = empty }));

        Assert.StartsWith($"No PostgreSQL 15 or later was found in {empty}: install PostgreSQL", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_DataOfAVersionThatIsGone_DoesNotStartEmpty()
    {
        Directory.CreateDirectory(Path.Combine(empty, "postgres-99", "data"));
        await File.WriteAllTextAsync(Path.Combine(empty, "postgres-99", "data", "PG_VERSION"), "99", Token);

        var refused = await Assert.ThrowsAsync<PrivatePostgresUnavailableException>(() => StartAsync(Empty()));

        Assert.Contains("was written by PostgreSQL 99", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_CreationWasInterrupted_BeginsAgain()
    {
        var unfinished = Directory.CreateDirectory(Path.Combine(empty, Path.GetFileName(Home), "data.new")).FullName;
        await File.WriteAllTextAsync(Path.Combine(unfinished, "PG_VERSION"), "half", Token);

        await using var postgres = await StartAsync(Empty());

        Assert.Equal(1, await AskAsync(postgres, "SELECT 1"));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Home => Directory.GetDirectories(created.Folder, "postgres-*").Single();

    private string PidFile => Path.Combine(Home, "data", "postmaster.pid");

    private async Task<string> ServerAsync() => (await File.ReadAllLinesAsync(PidFile, Token))[0];

    private PrivatePostgresOptions Options() => new() { DataFolder = created.Folder, Volatile = true };

    private PrivatePostgresOptions Empty() => new() { DataFolder = empty, Volatile = true };

    private Task<PrivatePostgres> StartAsync() => StartAsync(Options());

    private static Task<PrivatePostgres> StartAsync(PrivatePostgresOptions options) =>
        PrivatePostgres.StartAsync(options, NullLogger.Instance, Token);

    private static string NewFolder() =>
        Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"sloportal-launcher-{Guid.NewGuid():N}")).FullName;

    private static async Task<object?> AskAsync(PrivatePostgres postgres, string statement)
    {
        var connectionString = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Pooling = false }.ConnectionString;
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync(Token);
    }

    /// <summary>A cluster that was created and stopped, for the tests that need no empty folder: creating one takes a second.</summary>
    public sealed class CreatedCluster : IAsyncLifetime
    {
        public string Folder { get; } = NewFolder();

        public async ValueTask InitializeAsync()
        {
            var options = new PrivatePostgresOptions { DataFolder = Folder, Volatile = true };
            await using var postgres = await PrivatePostgres.StartAsync(options, NullLogger.Instance, Token);
        }

        public ValueTask DisposeAsync()
        {
            Directory.Delete(Folder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>With the variable set this program is no test run but a portal that waits to be killed.</summary>
    [ModuleInitializer]
    internal static void HoldPostgresWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(HolderVariable) is { Length: > 0 } folder)
        {
            PrivatePostgres.StartAsync(new() { DataFolder = folder, Volatile = true }, NullLogger.Instance, default).GetAwaiter().GetResult();
            Console.WriteLine("ready");
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
