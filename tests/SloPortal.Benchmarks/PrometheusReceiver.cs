using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SloPortal.Benchmarks;

/// <summary>Prometheus as a receiver of remote write, with an empty folder.</summary>
internal static class PrometheusReceiver
{
    public static async Task<T> RunAsync<T>(Func<Uri, int, Task<T>> body)
    {
        var folder = Directory.CreateTempSubdirectory("sloportal-prometheus-").FullName;
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        await File.WriteAllTextAsync(Path.Combine(folder, "prometheus.yml"), "");
        using var server = Process.Start(new ProcessStartInfo("prometheus",
        [
            $"--config.file={folder}/prometheus.yml", $"--storage.tsdb.path={folder}/data", $"--web.listen-address={address.Authority}",
            "--web.enable-remote-write-receiver", "--log.level=error",
        ]))!;
        try
        {
            using var http = new HttpClient { BaseAddress = address };
            for (var tries = 0; !await IsReadyAsync(http); tries++)
            {
                if (tries > 300 || server.HasExited)
                    throw new InvalidOperationException("Prometheus did not start.");
                await Task.Delay(100);
            }
            return await body(address, server.Id);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>How many samples it took so far.</summary>
    public static async Task<long> AppendedAsync(Uri address)
    {
        const string name = "prometheus_tsdb_head_samples_appended_total";
        using var http = new HttpClient { BaseAddress = address };
        var lines = (await http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n');
        return (long)lines.Where(l => l.StartsWith(name, StringComparison.Ordinal)).Sum(l => double.Parse(l[(l.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/-/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
