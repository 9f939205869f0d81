using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using SloPortal.TestSupport;

namespace SloPortal.Benchmarks;

/// <summary>Processor seconds that the installed Prometheus needs to evaluate Sloth's rules for one objective once, idle time taken off.</summary>
internal static class SlothOnPrometheus
{
    private const int IntervalSeconds = 10;
    private const int Iterations = 6;

    /// <returns>Null when Prometheus is not installed.</returns>
    public static async Task<double?> MeasureAsync(int objectives)
    {
        var folder = Directory.CreateTempSubdirectory("sloportal-prometheus-").FullName;
        try
        {
            await WriteBlocksAsync(folder, objectives);
            return await RunAsync(folder, objectives);
        }
        catch (Win32Exception)
        {
            return null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Thirty days of two counters for each objective, and of the five-minute ratio that the 30-day rule reads.</summary>
    private static async Task WriteBlocksAsync(string folder, int objectives)
    {
        var end = DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 60 * 60;
        var text = Path.Combine(folder, "history.txt");
        await using (var writer = new StreamWriter(text))
        {
            await writer.WriteLineAsync("# TYPE http_requests counter");
            for (var i = 0; i < objectives; i++)
            {
                for (var n = 0; n <= 43200; n++)
                    await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"http_requests_total{{job=\"svc{i}\",code=\"200\"}} {100 * n} {end - ((43200 - n) * 60)}"));
                for (var n = 0; n <= 43200; n++)
                    await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"http_requests_total{{job=\"svc{i}\",code=\"500\"}} {n / 20} {end - ((43200 - n) * 60)}"));
            }

            await writer.WriteLineAsync("# TYPE slo:sli_error:ratio_rate5m gauge");
            for (var i = 0; i < objectives; i++)
            {
                for (var n = 0; n <= 43200; n++)
                    await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"slo:sli_error:ratio_rate5m{{sloth_id=\"svc{i}-availability\",sloth_service=\"svc{i}\",sloth_slo=\"availability\",sloth_window=\"5m\"}} {0.0005 + (n % 7 * 0.00001)} {end - ((43200 - n) * 60)}"));
            }

            await writer.WriteLineAsync("# EOF");
        }

        using var tool = Process.Start(new ProcessStartInfo("promtool", ["tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=744h", "--quiet", text, Path.Combine(folder, "data")]))!;
        await tool.WaitForExitAsync();
        if (tool.ExitCode != 0)
            throw new InvalidOperationException("promtool could not make the blocks.");
        File.Delete(text);
    }

    private static async Task<double> RunAsync(string folder, int objectives)
    {
        var port = FreePort.Take();
        var rules = Path.Combine(folder, "rules.yml");
        await File.WriteAllTextAsync(rules, "groups: []\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "prometheus.yml"), $"rule_files: [\"{rules}\"]\n");
        using var server = Process.Start(new ProcessStartInfo("prometheus",
        [
            $"--config.file={folder}/prometheus.yml", $"--storage.tsdb.path={folder}/data", "--storage.tsdb.retention.time=60d",
            $"--web.listen-address=127.0.0.1:{port}", "--web.enable-lifecycle", "--log.level=error",
        ]))!;
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            await UntilReadyAsync(http);
            var interval = TimeSpan.FromSeconds(IntervalSeconds);
            await Task.Delay(interval);
            var idle = await SpentAsync(server, interval) / IntervalSeconds;
            await File.WriteAllTextAsync(rules, SlothRules.For(objectives, $"{IntervalSeconds}s"));
            (await http.PostAsync(new Uri("/-/reload", UriKind.Relative), null)).EnsureSuccessStatusCode();
            await Task.Delay(interval * 2);
            var rounds = await RoundsAsync(http);
            var spent = await SpentAsync(server, interval * Iterations);
            var evaluated = (await RoundsAsync(http) - rounds) / (3.0 * objectives);
            return (spent - (idle * IntervalSeconds * Iterations)) / evaluated / objectives;
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static async Task<double> SpentAsync(Process server, TimeSpan time)
    {
        var before = ProcessorTime.OfTree(server.Id);
        await Task.Delay(time);
        return ProcessorTime.OfTree(server.Id) - before;
    }

    /// <summary>Evaluations of rule groups so far; each objective has three groups.</summary>
    private static async Task<double> RoundsAsync(HttpClient http) =>
        (await http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n')
            .Where(line => line.StartsWith("prometheus_rule_group_iterations_total{", StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    private static async Task UntilReadyAsync(HttpClient http)
    {
        for (var tries = 0; tries < 300; tries++)
        {
            try
            {
                if ((await http.GetAsync(new Uri("/-/ready", UriKind.Relative))).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(200);
        }

        throw new InvalidOperationException("Prometheus did not become ready in a minute.");
    }
}
