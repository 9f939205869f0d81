using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SloPortal.Data.Common;
using SloPortal.TestSupport;

namespace SloPortal.Benchmarks;

/// <summary>
/// CPU seconds of the receiving process for a million samples of remote write, answered when they are durable: the portal's process, with
/// PostgreSQL beside it, against Prometheus as a receiver with the same bodies. Build with -c Release.
/// </summary>
internal static class IngestBench
{
    private const int Warm = 200_000;
    private const int Samples = 2_000_000;

    public static async Task RunAsync()
    {
        Console.WriteLine("receiver                    series   CPU s per million   of Prometheus   PostgreSQL CPU s per million   samples a second");
        foreach (var series in (int[])[5_000, 100_000])
        {
            var warm = Math.Max(Warm, series) / ScrapeBodies.SamplesPerRequest;
            var start = DateTimeOffset.UtcNow.AddHours(-2).ToUnixTimeMilliseconds();
            var bodies = ScrapeBodies.Make(series, (warm * ScrapeBodies.SamplesPerRequest) + Samples, start);
            var prometheus = await PrometheusReceiver.RunAsync((address, process) =>
                IngestLoad.RunAsync(address, null, bodies, warm, () => ProcessorTime.OfTree(process), () => 0));
            Print("Prometheus", series, prometheus, prometheus);
            Print("portal, a tenth is read", series, await PortalAsync(bodies, warm, ReadATenth), prometheus);
            Print("portal, all is read", series, await PortalAsync(bodies, warm, ReadAll), prometheus);
        }
    }

    private static void Print(string receiver, int series, IngestCost cost, IngestCost prometheus) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{receiver,-24}  {series,8}   {cost.Receiver,17:0.00}   {cost.Receiver / prometheus.Receiver,12:0.00}×   {cost.Database,28:0.00}   {cost.SamplesPerSecond,16:0}"));

    // 50 SLIs, each of one handler: of its errors alone, which are a tenth of its series, or of all its series.
    private static string ReadATenth(int i) =>
        $$"""{"kind": "counter_ratio", "good": null, "bad": "http_requests_total{code=\"500\",handler=\"/api/v1/resource/{{i}}\",method=\"POST\"}", "total": "http_requests_total{code=\"500\",handler=\"/api/v1/resource/{{i}}\"}"}""";

    private static string ReadAll(int i) =>
        $$"""{"kind": "counter_ratio", "good": null, "bad": "http_requests_total{code=\"500\",handler=\"/api/v1/resource/{{i}}\"}", "total": "http_requests_total{handler=\"/api/v1/resource/{{i}}\"}"}""";

    private static async Task<IngestCost> PortalAsync(List<byte[]> bodies, int warm, Func<int, string> sli)
    {
        var folder = Directory.CreateTempSubdirectory("sloportal-bench-").FullName;
        try
        {
            await using var postgres = await PrivatePostgres.StartAsync(new PrivatePostgresOptions { DataFolder = folder }, NullLogger.Instance, CancellationToken.None);
            await TestPostgres.PrepareTemplate(postgres.ConnectionString, CancellationToken.None);
            await AddSlisAsync(postgres.ConnectionString, sli);
            using var portal = await PortalProcess.StartAsync(
                Path.Combine(AppContext.BaseDirectory, "sloportal.dll"), postgres.ConnectionString, CancellationToken.None);
            var server = int.Parse(File.ReadLines(Directory.GetFiles(folder, "postmaster.pid", SearchOption.AllDirectories).Single()).First(), CultureInfo.InvariantCulture);
            return await IngestLoad.RunAsync(
                portal.Address, PortalProcess.AdminToken, bodies, warm, () => ProcessorTime.OfTree(portal.Id), () => ProcessorTime.OfTree(server));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
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
        for (var i = 0; i < 50; i++)
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
