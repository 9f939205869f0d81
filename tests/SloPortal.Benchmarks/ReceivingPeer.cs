using System.Diagnostics;
using System.Globalization;
using SloPortal.TestSupport;

namespace SloPortal.Benchmarks;

/// <summary>A server to which people send remote write today, with an empty folder.</summary>
internal sealed class ReceivingPeer : IAsyncDisposable
{
    private readonly Process server;
    private readonly string folder;
    private readonly HttpClient client;

    private ReceivingPeer(string name, Process server, string folder, Uri address, Func<string, bool> counts)
    {
        this.server = server;
        this.folder = folder;
        client = new HttpClient { BaseAddress = address };
        Receiver = new IngestReceiver(name, client, server.Id, null, () => SumAsync(counts));
    }

    public IngestReceiver Receiver { get; }

    public static Task<ReceivingPeer> PrometheusAsync() => StartAsync("Prometheus", "prometheus", "/-/ready",
        line => line.StartsWith("prometheus_tsdb_head_samples_appended_total", StringComparison.Ordinal),
        (folder, address) =>
        {
            File.WriteAllText(Path.Combine(folder, "prometheus.yml"), "");
            return [$"--config.file={folder}/prometheus.yml", $"--storage.tsdb.path={folder}/data", $"--web.listen-address={address}", "--web.enable-remote-write-receiver", "--log.level=error"];
        });

    public static Task<ReceivingPeer> VictoriaMetricsAsync() => StartAsync("VictoriaMetrics", "victoria-metrics", "/health",
        line => line.StartsWith("vm_rows_inserted_total{type=\"promremotewrite\"", StringComparison.Ordinal),
        (folder, address) => [$"-storageDataPath={folder}/data", $"-httpListenAddr={address}", "-retentionPeriod=100y", "-loggerLevel=ERROR"]);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        server.Kill();
        await server.WaitForExitAsync();
        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<ReceivingPeer> StartAsync(string name, string program, string health, Func<string, bool> counts, Func<string, string, string[]> arguments)
    {
        var folder = Directory.CreateTempSubdirectory("sloportal-peer-").FullName;
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Take()}"));
        var peer = new ReceivingPeer(name, Process.Start(new ProcessStartInfo(program, arguments(folder, address.Authority)))!, folder, address, counts);
        for (var tries = 0; !await peer.IsReadyAsync(health); tries++)
        {
            if (tries > 300 || peer.server.HasExited)
                throw new InvalidOperationException($"{name} did not start.");
            await Task.Delay(100);
        }
        return peer;
    }

    private async Task<long> SumAsync(Func<string, bool> counts)
    {
        var lines = (await client.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n');
        return (long)lines.Where(counts).Sum(l => double.Parse(l[(l.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    private async Task<bool> IsReadyAsync(string health)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(health, UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
