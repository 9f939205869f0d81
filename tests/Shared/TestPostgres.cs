using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SloPortal.Data.Common;
using Testcontainers.PostgreSql;

namespace SloPortal.TestSupport;

/// <summary>
/// One PostgreSQL for the whole test process, and fresh databases in it, each a copy of a template that is prepared once.
/// It is the portal's own launcher on a folder in the temporary folder; with <c>SLOPORTAL_TEST_CONTAINER=1</c> and a container
/// engine, a container.
/// </summary>
public static class TestPostgres
{
    private const string Template = "sloportal_template";

    private static readonly Lazy<Task<string>> Server = new(PrepareServerAsync);

    /// <summary>What must live as long as this process: a collected pipe would end the server, a collected lock would leave it unused.</summary>
    private static readonly List<object> KeptAlive = [];

    /// <summary>
    /// Fills the template, given its connection string. Set it before the first database is asked for, for instance in a module
    /// initializer; what it leaves in the database is what every test begins with.
    /// </summary>
    public static Func<string, CancellationToken, Task> PrepareTemplate { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Creates a database of its own for the caller and returns its connection string.</summary>
    public static async Task<string> CreateDatabaseAsync(CancellationToken ct)
    {
        var server = await Server.Value.WaitAsync(ct);
        var name = $"t_{Guid.NewGuid():N}";
        await ExecuteAsync(server, $"CREATE DATABASE {name} TEMPLATE {Template}", ct);
        return new NpgsqlConnectionStringBuilder(server) { Database = name, Pooling = true, MaxPoolSize = 20 }.ConnectionString;
    }

    /// <summary>Drops a database that <see cref="CreateDatabaseAsync"/> created, whoever is still connected.</summary>
    public static async Task DropDatabaseAsync(string connectionString, CancellationToken ct)
    {
        await using (var pool = new NpgsqlConnection(connectionString))
        {
            NpgsqlConnection.ClearPool(pool);
        }

        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await ExecuteAsync(await Server.Value, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)", ct);
    }

    private static async Task<string> PrepareServerAsync()
    {
        var ct = CancellationToken.None;
        var server = ContainerWanted() ? await StartContainerAsync(ct) : await StartPrivateAsync(ct);
        var maintenance = new NpgsqlConnectionStringBuilder(server) { Database = "postgres", Pooling = false };
        await ExecuteAsync(maintenance.ConnectionString, $"CREATE DATABASE {Template}", ct);
        await PrepareTemplate(new NpgsqlConnectionStringBuilder(server) { Database = Template, Pooling = false }.ConnectionString, ct);
        return maintenance.ConnectionString;
    }

    private static bool ContainerWanted() =>
        Environment.GetEnvironmentVariable("SLOPORTAL_TEST_CONTAINER") == "1"
        && (Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } || File.Exists("/var/run/docker.sock"));

    private static async Task<string> StartContainerAsync(CancellationToken ct)
    {
        // Testcontainers' own companion container removes it when this process ends.
        var container = new PostgreSqlBuilder("postgres:18")
            .WithCommand("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=200")
            .Build();
        await container.StartAsync(ct);
        return container.GetConnectionString();
    }

    private static async Task<string> StartPrivateAsync(CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("sloportal-test-").FullName;
        RemoveWhenThisProcessEnds(folder);
        var options = new PrivatePostgresOptions { DataFolder = folder, Database = "postgres", Volatile = true };
        var postgres = await PrivatePostgres.StartAsync(options, NullLogger.Instance, ct);
        KeptAlive.Add(postgres);
        return postgres.ConnectionString;
    }

    /// <summary>
    /// A shell waits for the end of a pipe that this process holds, which comes however the process ends, kill -9 included; then it
    /// ends the server, whose data nobody needs any more, and removes the folder.
    /// </summary>
    private static void RemoveWhenThisProcessEnds(string folder)
    {
        const string script = """
            exec >/dev/null 2>&1; trap '' INT TERM HUP; cat
            for file in "$0"/postgres-*/data/postmaster.pid; do
              pid=$(head -n 1 "$file") && kill -QUIT "$pid" && while kill -0 "$pid"; do sleep 0.02; done
            done
            rm -rf "$0"
            """;
        KeptAlive.Add(Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script, folder]) { RedirectStandardInput = true })!);
    }

    private static async Task ExecuteAsync(string connectionString, string statement, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
