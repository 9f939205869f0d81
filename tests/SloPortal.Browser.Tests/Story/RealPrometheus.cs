using System.Diagnostics;
using SloPortal.Browser.Tests.Harness;

namespace SloPortal.Browser.Tests.Story;

/// <summary>Debian's Prometheus, which scrapes a portal once a second and writes to it as the portal's own page says.</summary>
internal sealed class RealPrometheus : IAsyncDisposable
{
    private readonly ChildProcess process;
    private readonly string folder;

    private RealPrometheus(ChildProcess process, string folder)
    {
        this.process = process;
        this.folder = folder;
    }

    public static bool IsFound { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, "prometheus")));

    /// <param name="address">Of the portal.</param>
    /// <param name="remoteWrite">The lines that the portal shows for <c>prometheus.yml</c>, unchanged.</param>
    public static async Task<RealPrometheus> StartAsync(string address, string remoteWrite, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("sloportal-prometheus-").FullName;
        var configuration = $"""
            global:
              scrape_interval: 1s
            scrape_configs:
              - job_name: portal
                static_configs:
                  - targets: ["{new Uri(address).Authority}"]
            {remoteWrite}
            """;
        var file = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(file, configuration, ct);
        return new RealPrometheus(
            new ChildProcess("prometheus", new ProcessStartInfo("prometheus", [$"--config.file={file}", $"--storage.tsdb.path={folder}/data", "--web.listen-address=127.0.0.1:0"])), folder);
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
