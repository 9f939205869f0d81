using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace SloPortal.TestSupport;

/// <summary>A sample that a server holds; those of a series stand together.</summary>
internal sealed record ServedSample(string Series, DateTimeOffset At, double Value);

/// <summary>A real Prometheus or VictoriaMetrics with a known history.</summary>
internal sealed class HistoryServer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sloportal-prometheus-");
    private readonly HttpClient _http = new();
    private Process? _process;

    public string Url { get; } = $"http://127.0.0.1:{FreePort.Take()}";

    public static bool IsInstalled(string program) => File.Exists($"/usr/bin/{program}");

    /// <param name="program">"prometheus" or "victoria-metrics".</param>
    /// <param name="history">What it holds.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<HistoryServer> StartAsync(string program, IEnumerable<ServedSample> history, CancellationToken ct)
    {
        var server = new HistoryServer();
        try
        {
            await (program == "prometheus" ? server.StartPrometheusAsync(history, ct) : server.StartVictoriaMetricsAsync(history, ct));
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>What a query gives at an instant: the value of each series by its labels, which are without the name of the metric.</summary>
    public async Task<IReadOnlyDictionary<string, double>> QueryAllAsync(string expression, DateTimeOffset at, CancellationToken ct)
    {
        using var answer = await _http.GetAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"{Url}/api/v1/query?query={Uri.EscapeDataString(expression)}&time={Seconds(at)}")), ct);
        using var read = (await answer.Content.ReadFromJsonAsync<JsonDocument>(ct))!;
        return answer.IsSuccessStatusCode
            ? read.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().ToDictionary(Labels, r => double.Parse(r.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"{expression}: {read.RootElement.GetProperty("error").GetString()}");

        static string Labels(JsonElement result) => string.Join(
            ',', result.GetProperty("metric").EnumerateObject().Where(l => l.Name != "__name__").OrderBy(l => l.Name, StringComparer.Ordinal).Select(l => $"{l.Name}=\"{l.Value.GetString()}\""));
    }

    /// <summary>What a query gives at an instant that gives one value.</summary>
    public async Task<double> QueryAsync(string expression, DateTimeOffset at, CancellationToken ct) => (await QueryAllAsync(expression, at, ct)).Values.Single();

    public void Dispose()
    {
        if (_process is not null)
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task StartPrometheusAsync(IEnumerable<ServedSample> history, CancellationToken ct)
    {
        // OpenMetrics has seconds, which promtool multiplies and cuts to milliseconds: whole eighths of a second come through as they are.
        await File.WriteAllLinesAsync(
            Path.Combine(_folder.FullName, "history"), ["# TYPE http_requests counter", .. Lines(history, Seconds), "# EOF"], ct);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "prometheus.yml"), "global: {}\n", ct);
        // It reads the history once for each block, so these are long.
        using (var blocks = Start("/usr/bin/promtool", "tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=744h", Path.Combine(_folder.FullName, "history"), Path.Combine(_folder.FullName, "data")))
        {
            await blocks.WaitForExitAsync(ct);
            if (blocks.ExitCode != 0)
                throw new InvalidOperationException("promtool could not make the blocks.");
        }
        _process = Start("/usr/bin/prometheus", $"--config.file={_folder}/prometheus.yml", $"--storage.tsdb.path={_folder}/data", "--storage.tsdb.retention.time=100y", $"--web.listen-address={new Uri(Url).Authority}");
        await AnswersAsync($"{Url}/-/ready", ct);
    }

    private async Task StartVictoriaMetricsAsync(IEnumerable<ServedSample> history, CancellationToken ct)
    {
        _process = Start("/usr/bin/victoria-metrics", $"-storageDataPath={_folder}/data", $"-httpListenAddr={new Uri(Url).Authority}", "-retentionPeriod=100y");
        await AnswersAsync($"{Url}/health", ct);
        using var content = new StringContent(string.Join('\n', Lines(history, at => at.ToUnixTimeMilliseconds())) + "\n");
        (await _http.PostAsync(new Uri($"{Url}/api/v1/import/prometheus"), content, ct)).EnsureSuccessStatusCode();
        (await _http.GetAsync(new Uri($"{Url}/internal/force_flush"), ct)).EnsureSuccessStatusCode();
    }

    private static decimal Seconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds() / 1000m;

    private static IEnumerable<string> Lines(IEnumerable<ServedSample> history, Func<DateTimeOffset, decimal> unix) =>
        history.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Series} {s.Value} {unix(s.At)}"));

    private async Task AnswersAsync(string url, CancellationToken ct)
    {
        for (var i = 0; i < 300 && !_process!.HasExited; i++)
        {
            try
            {
                if ((await _http.GetAsync(new Uri(url), ct)).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // It starts.
            }
            await Task.Delay(100, ct);
        }
        throw new InvalidOperationException($"{url} does not answer.");
    }

    private static Process Start(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
