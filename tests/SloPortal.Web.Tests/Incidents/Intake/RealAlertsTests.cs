using System.Diagnostics;
using System.Text.Json;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.TestSupport;
using SloPortal.Web.Incidents.Detection.Intake;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Incidents.Intake;

/// <summary>Debian's Prometheus evaluates a rule and sends, by Debian's Alertmanager and without one, as the page of the source says.</summary>
public sealed class RealAlertsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sloportal-alerts-");
    private readonly List<Process> programs = [];
    private readonly string prometheus = $"127.0.0.1:{FreePort.Take()}";
    private readonly string alertmanager = $"127.0.0.1:{FreePort.Take()}";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rule_FiresAndEnds_IsOneEpisodeInTheLedger(bool byAlertmanager)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/prometheus") && File.Exists("/usr/bin/prometheus-alertmanager"), "apt-get install prometheus prometheus-alertmanager runs this test.");
        await using var portal = await IntakePortal.StartAsync(await PortalHost.StartOnKestrelAsync());
        var texts = SourceSetup.Of(SignalSourceKind.Alertmanager, portal.Host.ClientOptions.BaseAddress.ToString().TrimEnd('/'), await portal.KeyAsync("alertmanager"), "localhost");
        var alerting = texts.Single(t => t.Id == "setup-prometheus").Text;
        if (byAlertmanager)
        {
            // At once, so that the test need not wait for groups to fill.
            await WriteAsync("alertmanager.yml", texts.Single(t => t.Id == "setup-alertmanager").Text + "\n  group_wait: 0s\n  group_interval: 1s\n");
            Start("prometheus-alertmanager", $"--config.file={folder}/alertmanager.yml", $"--storage.path={folder}/am", $"--web.listen-address={alertmanager}", "--cluster.listen-address=");
            alerting = $"alerting:\n  alertmanagers:\n    - static_configs:\n        - targets: [\"{alertmanager}\"]";
        }
        await WriteRuleAsync("vector(1)");
        await WriteAsync("prometheus.yml", $"global:\n  evaluation_interval: 1s\nrule_files: [\"{folder}/rules.yml\"]\n{alerting}\n");
        Start("prometheus", $"--config.file={folder}/prometheus.yml", $"--storage.tsdb.path={folder}/data", $"--web.listen-address={prometheus}", "--web.enable-lifecycle", "--rules.alert.resend-delay=1s");

        await Eventually.HoldsAsync(async () => (await portal.SignalsAsync()) is [var signal] && signal.GetProperty("state").GetString() == "firing");
        var fired = (await portal.SignalsAsync())[0];
        Assert.Equal(("Always on checkout", "checkout", "critical"), (fired.GetProperty("title").GetString(), fired.GetProperty("service").GetString(), fired.GetProperty("severity").GetString()));
        await WriteRuleAsync("vector(1) > 2");
        using (var http = new HttpClient())
            (await http.PostAsync(new Uri($"http://{prometheus}/-/reload"), null, Ct)).EnsureSuccessStatusCode();
        await Eventually.HoldsAsync(async () => (await portal.SignalsAsync()) is [var signal] && signal.GetProperty("state").GetString() == "resolved");

        Assert.Null(await portal.ProblemAsync());
        var id = (await portal.SignalsAsync())[0].GetProperty("id").GetGuid();
        var ledger = JsonSerializer.Deserialize<JsonElement>(await portal.Administrator.GetStringAsync($"/api/v1/signals/{id}", Ct)).GetProperty("events").EnumerateArray().Select(e => e.GetProperty("kind").GetString()).ToList();
        Assert.Equal(("resolved", "fired", 1, 1), (ledger[0], ledger[^1], ledger.Count(k => k == "fired"), ledger.Count(k => k == "resolved")));
    }

    public void Dispose()
    {
        foreach (var program in programs)
        {
            program.Kill();
            program.WaitForExit();
            program.Dispose();
        }
        folder.Delete(recursive: true);
    }

    private Task WriteRuleAsync(string expression) => WriteAsync("rules.yml", $$$"""
        groups:
          - name: test
            rules:
              - alert: Always
                expr: {{{expression}}}
                labels: {severity: page, service: checkout}
                annotations: {summary: Always on checkout}
        """);

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(folder.FullName, name), text, Ct);

    private void Start(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo($"/usr/bin/{program}", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        programs.Add(process);
    }
}
