using System.Diagnostics;
using System.Globalization;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Measurement.Pull;

/// <summary>A sample that a server holds; those of a series stand together.</summary>
internal sealed record ServedSample(string Series, DateTimeOffset At, double Value);

/// <summary>A real Prometheus or VictoriaMetrics with a known history.</summary>
internal sealed class HistoryServer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sloportal-prometheus-");
    private Process? _process;

    public string Url { get; } = $"http://127.0.0.1:{FreePort.Take()}";

    /// <param name="program">"prometheus" or "victoria-metrics".</param>
    /// <param name="history">What it holds.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<HistoryServer> StartAsync(string program, IEnumerable<ServedSample> history, CancellationToken ct)
    {
        var server = new HistoryServer();
        await (program == "prometheus" ? server.StartPrometheusAsync(history, ct) : server.StartVictoriaMetricsAsync(history, ct));
        return server;
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }
        _folder.Delete(recursive: true);
    }

    private async Task StartPrometheusAsync(IEnumerable<ServedSample> history, CancellationToken ct)
    {
        // OpenMetrics has seconds.
        await File.WriteAllLinesAsync(Path.Combine(_folder.FullName, "history"), ["# TYPE http_requests counter", .. Lines(history, at => at.ToUnixTimeSeconds()), "# EOF"], ct);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "prometheus.yml"), "global: {}\n", ct);
        using (var blocks = Start("/usr/bin/promtool", "tsdb", "create-blocks-from", "openmetrics", Path.Combine(_folder.FullName, "history"), Path.Combine(_folder.FullName, "data")))
            await blocks.WaitForExitAsync(ct);
        _process = Start("/usr/bin/prometheus", $"--config.file={_folder}/prometheus.yml", $"--storage.tsdb.path={_folder}/data", "--storage.tsdb.retention.time=100y", $"--web.listen-address={new Uri(Url).Authority}");
        await AnswersAsync($"{Url}/-/ready", ct);
    }

    private async Task StartVictoriaMetricsAsync(IEnumerable<ServedSample> history, CancellationToken ct)
    {
        _process = Start("/usr/bin/victoria-metrics", $"-storageDataPath={_folder}/data", $"-httpListenAddr={new Uri(Url).Authority}", "-retentionPeriod=100y");
        await AnswersAsync($"{Url}/health", ct);
        using var http = new HttpClient();
        using var content = new StringContent(string.Join('\n', Lines(history, at => at.ToUnixTimeMilliseconds())) + "\n");
        (await http.PostAsync(new Uri($"{Url}/api/v1/import/prometheus"), content, ct)).EnsureSuccessStatusCode();
        (await http.GetAsync(new Uri($"{Url}/internal/force_flush"), ct)).EnsureSuccessStatusCode();
    }

    private static IEnumerable<string> Lines(IEnumerable<ServedSample> history, Func<DateTimeOffset, long> unix) =>
        history.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Series} {s.Value} {unix(s.At)}"));

    private static async Task AnswersAsync(string url, CancellationToken ct)
    {
        using var http = new HttpClient();
        for (var i = 0; i < 100; i++)
        {
            try
            {
                if ((await http.GetAsync(new Uri(url), ct)).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // It starts.
            }
            await Task.Delay(100, ct);
        }
        Assert.Fail($"{url} does not answer.");
    }

    private static Process Start(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
