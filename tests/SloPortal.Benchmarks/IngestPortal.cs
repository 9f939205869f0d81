using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SloPortal.Data.Common;
using SloPortal.TestSupport;

namespace SloPortal.Benchmarks;

/// <summary>The real program on a PostgreSQL of its own with 50 SLIs, as a receiver.</summary>
internal sealed class IngestPortal : IAsyncDisposable
{
    private const int Slis = 50;
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "sloportal.dll");

    private readonly string folder;
    private readonly PrivatePostgres postgres;
    private readonly PortalProcess portal;
    private readonly HttpClient client;

    private IngestPortal(string name, string folder, PrivatePostgres postgres, PortalProcess portal)
    {
        (this.folder, this.postgres, this.portal) = (folder, postgres, portal);
        client = new HttpClient { BaseAddress = portal.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", PortalProcess.AdminToken);
        var server = int.Parse(File.ReadLines(Directory.GetFiles(folder, "postmaster.pid", SearchOption.AllDirectories).Single()).First(), CultureInfo.InvariantCulture);
        Receiver = new IngestReceiver(name, client, portal.Id, server, AcceptedAsync);
    }

    public IngestReceiver Receiver { get; }

    // Each SLI reads one handler: its errors alone, which are a tenth of its series, or all its series.
    public static string ReadATenth(int i) =>
        $$"""{"kind": "counter_ratio", "good": null, "bad": "http_requests_total{code=\"500\",handler=\"/api/v1/resource/{{i}}\",method=\"POST\"}", "total": "http_requests_total{code=\"500\",handler=\"/api/v1/resource/{{i}}\"}"}""";

    public static string ReadAll(int i) =>
        $$"""{"kind": "counter_ratio", "good": null, "bad": "http_requests_total{code=\"500\",handler=\"/api/v1/resource/{{i}}\"}", "total": "http_requests_total{handler=\"/api/v1/resource/{{i}}\"}"}""";

    public static async Task<IngestPortal> StartAsync(string name, Func<int, string> sli)
    {
        var folder = Directory.CreateTempSubdirectory("sloportal-bench-").FullName;
        var postgres = await PrivatePostgres.StartAsync(new PrivatePostgresOptions { DataFolder = folder }, NullLogger.Instance, CancellationToken.None);
        await TestPostgres.PrepareTemplate(postgres.ConnectionString, CancellationToken.None);
        await AddSlisAsync(postgres.ConnectionString, sli);
        return new IngestPortal(name, folder, postgres, await PortalProcess.StartAsync(Program, postgres.ConnectionString, CancellationToken.None));
    }

    /// <summary>Kills it and starts another on its database: how long until that answers, and until it takes samples.</summary>
    public async Task<(TimeSpan Answers, TimeSpan Ready)> RestartAsync()
    {
        portal.Kill();
        var watch = Stopwatch.StartNew();
        using var next = await PortalProcess.StartAsync(Program, postgres.ConnectionString, CancellationToken.None);
        var answers = watch.Elapsed;
        using var health = new HttpClient { BaseAddress = next.Address };
        while (true)
        {
            using var answer = await health.GetAsync(new Uri("/health/ready", UriKind.Relative));
            if (answer.IsSuccessStatusCode)
                return (answers, watch.Elapsed);
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        portal.Dispose();
        await postgres.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<long> AcceptedAsync()
    {
        await using var database = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = database.CreateCommand("SELECT sum(samples)::bigint FROM source_counts WHERE outcome IN ('Matched', 'Unmatched')");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task AddSlisAsync(string connectionString, Func<int, string> sli)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand(
            """
            INSERT INTO teams (id, slug, name, description, created_at) VALUES ('00000000-0000-0000-0000-000000000001', 'bench', 'Bench', '', now());
            INSERT INTO services (id, slug, name, description, tier, owner_team_id, links, created_at)
                VALUES ('00000000-0000-0000-0000-000000000001', 'bench', 'Bench', '', 'Standard', '00000000-0000-0000-0000-000000000001', '[]', now());
            """);
        await command.ExecuteNonQueryAsync();
        for (var i = 0; i < Slis; i++)
        {
            await using var add = database.CreateCommand(
                """
                INSERT INTO slis (service_id, slug, name, description, definition, created_at)
                VALUES ('00000000-0000-0000-0000-000000000001', $1, $1, '', $2::jsonb, now())
                """);
            add.Parameters.AddWithValue("sli-" + i.ToString(CultureInfo.InvariantCulture));
            add.Parameters.AddWithValue(sli(i));
            await add.ExecuteNonQueryAsync();
        }
    }
}
