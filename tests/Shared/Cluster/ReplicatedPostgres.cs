using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SloPortal.Data.Common;

namespace SloPortal.TestSupport.Cluster;

/// <summary>A primary and a replica that streams from it, whose acknowledgement each commit awaits; the primary can be killed and the replica promoted.</summary>
internal sealed class ReplicatedPostgres : IAsyncDisposable
{
    private readonly string folder;
    private readonly PrivatePostgres primary;
    private readonly PrivatePostgres replica;
    private bool primaryDied;

    private ReplicatedPostgres(string folder, PrivatePostgres primary, PrivatePostgres replica)
    {
        this.folder = folder;
        this.primary = primary;
        this.replica = replica;
    }

    /// <summary>Names both servers and asks for the one that writes.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(primary.ConnectionString)
    {
        Host = $"{HostOf(primary)},{HostOf(replica)}",
        TargetSessionAttributes = "primary",
        HostRecheckSeconds = 1,
        MaxPoolSize = 40,
    }.ConnectionString;

    /// <summary>Of the replica alone, whatever it is by now.</summary>
    public string ReplicaConnectionString => replica.ConnectionString;

    public static async Task<ReplicatedPostgres> StartAsync(CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("slo-repl-").FullName;
        var primary = await PrivatePostgres.StartAsync(new PrivatePostgresOptions { DataFolder = Path.Combine(folder, "p") }, NullLogger.Instance, ct);
        await ExecuteAsync(primary.ConnectionString, "SELECT pg_create_physical_replication_slot('replica')", ct);
        var home = Path.GetFileName(Directory.GetDirectories(Path.Combine(folder, "p"), "postgres-*").Single());
        var copy = Path.Combine(folder, "r", home);
        Directory.CreateDirectory(copy);
        await RunAsync("pg_basebackup", ["-h", HostOf(primary), "-U", "sloportal", "-D", Path.Combine(copy, "data"), "-R", "-X", "stream", "-S", "replica", "-c", "fast"], ct);
        var replica = await PrivatePostgres.StartAsync(new PrivatePostgresOptions { DataFolder = Path.Combine(folder, "r") }, NullLogger.Instance, ct);
        // After the copy, so that the replica waits for nobody when it is the primary.
        await ExecuteAsync(primary.ConnectionString, "ALTER SYSTEM SET synchronous_standby_names = '*'", ct);
        await ExecuteAsync(primary.ConnectionString, "SELECT pg_reload_conf()", ct);
        return new ReplicatedPostgres(folder, primary, replica);
    }

    /// <summary>Ends the primary as a lost machine does.</summary>
    public Task KillPrimaryAsync(CancellationToken ct)
    {
        primaryDied = true;
        return Postmaster.QuitAsync(Path.Combine(folder, "p"), ct);
    }

    /// <summary>Makes the replica the primary, as Patroni or an operator does.</summary>
    public Task PromoteReplicaAsync(CancellationToken ct) => ExecuteAsync(replica.ConnectionString, "SELECT pg_promote()", ct);

    public async ValueTask DisposeAsync()
    {
        await replica.DisposeAsync();
        if (!primaryDied)
            await primary.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static string HostOf(PrivatePostgres server) => new NpgsqlConnectionStringBuilder(server.ConnectionString).Host!;

    private static async Task ExecuteAsync(string connectionString, string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task RunAsync(string program, string[] arguments, CancellationToken ct)
    {
        using var process = Process.Start(new ProcessStartInfo(Find(program), arguments) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program}: {said}");
    }

    /// <summary>Debian keeps the programs of PostgreSQL in a folder of their version.</summary>
    private static string Find(string program) =>
        Directory.Exists("/usr/lib/postgresql") ? Directory.GetFiles("/usr/lib/postgresql", program, SearchOption.AllDirectories).Order(StringComparer.Ordinal).LastOrDefault() ?? program : program;
}
