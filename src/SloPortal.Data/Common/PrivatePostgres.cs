using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace SloPortal.Data.Common;

/// <summary>
/// A PostgreSQL of the portal's own, for a machine without one. It lives while a portal uses it: portals on the same data folder
/// share it, the last one to leave stops it, and one that a crash left running is found again.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    internal const string User = "sloportal";

    /// <summary>Only part of the socket's name; nothing listens on the network.</summary>
    internal const int Port = 5432;

    /// <summary>Two portals fit below the server's 200 connections, with room for a person.</summary>
    private const int PoolSize = 80;

    private readonly PrivatePostgresCluster cluster;
    private readonly PrivatePostgresPlace place;
    private readonly ILogger logger;
    private FileStream? use;

    private PrivatePostgres(
        PrivatePostgresCluster cluster, PrivatePostgresPlace place, FileStream use, string connectionString, bool started, ILogger logger)
    {
        this.cluster = cluster;
        this.place = place;
        this.use = use;
        this.logger = logger;
        ConnectionString = connectionString;
        Started = started;
    }

    /// <summary>For Npgsql, naming the portal's database, which exists.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether this call started the server; false when it was already running.</summary>
    public bool Started { get; }

    /// <summary>Starts or joins the server and creates the database when it is absent.</summary>
    /// <exception cref="PrivatePostgresUnavailableException">It cannot run here; the message says what to do.</exception>
    public static async Task<PrivatePostgres> StartAsync(PrivatePostgresOptions options, ILogger logger, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (OperatingSystem.IsWindows())
        {
            throw new PrivatePostgresUnavailableException(
                "The portal does not run a PostgreSQL of its own on Windows; set ConnectionStrings__Portal to a database of yours.");
        }

        var watch = Stopwatch.StartNew();
        var place = await PrivatePostgresPlace.PrepareAsync(options, ct);
        var cluster = new PrivatePostgresCluster(place, options.Volatile);
        await using var start = await PrivatePostgresLock.ExclusiveAsync(place.StartLock, ct);
        var use = PrivatePostgresLock.Shared(place.UseLock);
        try
        {
            var created = await cluster.InitialiseAsync(ct);
            var (socketFolder, started) = await cluster.StartAsync(ct);
            await CreateDatabaseAsync(socketFolder, options.Database, ct);
            logger.LogInformation(
                "The private PostgreSQL {Major} in {Home} {WasStarted} ({Elapsed} ms)",
                place.Binaries.Major,
                place.Home,
                created ? "was created and started" : started ? "was started" : "was already running",
                watch.ElapsedMilliseconds);
            return new PrivatePostgres(cluster, place, use, Connect(socketFolder, options.Database, pooling: true), started, logger);
        }
        catch
        {
            await use.DisposeAsync();
            throw;
        }
    }

    /// <summary>Leaves the server, and stops it when no other portal uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref use, null) is not { } held)
        {
            return;
        }

        await using var start = await PrivatePostgresLock.ExclusiveAsync(place.StartLock, CancellationToken.None);
        await held.DisposeAsync();
        await using var alone = PrivatePostgresLock.TryExclusive(place.UseLock);
        if (alone is null)
        {
            logger.LogInformation("The private PostgreSQL in {Home} keeps running for another portal", place.Home);
            return;
        }

        var answer = await cluster.StopAsync(CancellationToken.None);
        if (answer.Succeeded)
        {
            logger.LogInformation("The private PostgreSQL in {Home} was stopped", place.Home);
        }
        else
        {
            logger.LogWarning("The private PostgreSQL in {Home} was not stopped: {Answer}", place.Home, answer.Output.Trim());
        }
    }

    internal static string Connect(string socketFolder, string database, bool pooling) => new NpgsqlConnectionStringBuilder
    {
        Host = socketFolder,
        Port = Port,
        Username = User,
        Database = database,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        Pooling = pooling,
        MaxPoolSize = PoolSize,
        Timeout = 15,
        ApplicationName = "sloportal",
    }.ConnectionString;

    private static async Task CreateDatabaseAsync(string socketFolder, string database, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(Connect(socketFolder, "postgres", pooling: false));
        await connection.OpenAsync(ct);
        await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection)
        {
            Parameters = { new() { Value = database } },
        };
        if (await exists.ExecuteScalarAsync(ct) is null)
        {
            var name = database.Replace("\"", "\"\"", StringComparison.Ordinal);
            await using var create = new NpgsqlCommand($"CREATE DATABASE \"{name}\"", connection);
            await create.ExecuteNonQueryAsync(ct);
        }
    }
}
