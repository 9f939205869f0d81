using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SloPortal.Application.Measurement;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Application.Tests.Measurement.Files;
using SloPortal.Application.Tests.Measurement.Ingest.Protos.Otlp;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Files;
using SloPortal.TestSupport;
using static SloPortal.Application.Tests.Measurement.Ingest.Otlp.OtlpRequests;

namespace SloPortal.Application.Tests.Measurement.Ingest;

/// <summary>Real counters of three NGINX servers, sent as remote write; what the portal counts is what one line of jq counts.</summary>
public sealed class NginxReplayTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string File = "logs/nginxplus_status.jsonl";

    private static readonly string[] Classes = ["1xx", "2xx", "3xx", "4xx", "5xx"];

    [Fact]
    public async Task WriteAsync_CountersOfNginx_CountsWhatJqCounts()
    {
        var file = FindFile();
        Assert.SkipWhen(file is null, $"The file shared/data/{File} does not stand beside the repository.");
        await using var portal = await IngestPortal.StartAsync(postgres.ConnectionString);
        var source = await portal.AddSourceAsync("nginx");
        var sli = await portal.AddSliAsync("responses", new CounterRatio(null, SeriesSelector.Parse("responses_total{class=\"5xx\"}"), SeriesSelector.Parse("responses_total")));
        var lines = await System.IO.File.ReadAllLinesAsync(file!, TestContext.Current.CancellationToken);

        // The file is from 2015, so it is moved by whole minutes to yesterday.
        var first = JsonDocument.Parse(lines[0]).RootElement.GetProperty("timestamp").GetInt64();
        var shift = (DateTimeOffset.UtcNow.AddDays(-1).ToUnixTimeMilliseconds() - first) / 60_000 * 60_000;
        foreach (var line in lines)
        {
            Assert.Equal(IngestAnswer.Stored, await portal.WriteAsync(source, RequestOf(JsonDocument.Parse(line).RootElement, shift)));
        }

        var row = Assert.Single(await portal.RowsAsync($"SELECT sum(total - good), sum(total) FROM sli_minutes WHERE sli_id = {sli}"));
        Assert.Equal(Jq(file!, "\"5xx\""), row[0]);
        Assert.Equal(Jq(file!, "(\"1xx\",\"2xx\",\"3xx\",\"4xx\",\"5xx\")"), row[1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WriteAsync_CountersOfNginxByOtlp_GiveTheMinutesOfRemoteWrite(bool deltas)
    {
        var file = FindFile();
        Assert.SkipWhen(file is null, $"The file shared/data/{File} does not stand beside the repository.");
        await using var portal = await IngestPortal.StartAsync(postgres.ConnectionString);
        var (prometheus, collector) = (await portal.AddSourceAsync($"prometheus {deltas}"), await portal.AddSourceAsync($"collector {deltas}"));
        var definition = new CounterRatio(null, SeriesSelector.Parse("responses_total{class=\"5xx\"}"), SeriesSelector.Parse("responses_total"));
        var written = await portal.AddSliAsync($"written-{(deltas ? 1 : 0)}", definition, prometheus);
        var exported = await portal.AddSliAsync($"exported-{(deltas ? 1 : 0)}", definition, collector);
        var statuses = (await System.IO.File.ReadAllLinesAsync(file!, TestContext.Current.CancellationToken)).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        var shift = (DateTimeOffset.UtcNow.AddDays(-1).ToUnixTimeMilliseconds() - statuses[0].GetProperty("timestamp").GetInt64()) / 60_000 * 60_000;
        var before = new Dictionary<string, double>();
        foreach (var status in statuses)
        {
            Assert.Equal(IngestAnswer.Stored, await portal.WriteAsync(prometheus, RequestOf(status, shift)));
            Assert.Equal(IngestAnswer.Stored, await portal.ExportAsync(collector, ExportOf(status, shift, deltas ? before : null)));
        }

        const string Minutes = "SELECT minute, good, total FROM sli_minutes WHERE sli_id = {0} AND total <> 0 ORDER BY minute";
        var rows = await portal.RowsAsync(string.Format(CultureInfo.InvariantCulture, Minutes, written));
        Assert.NotEmpty(rows);
        Assert.Equal(rows, await portal.RowsAsync(string.Format(CultureInfo.InvariantCulture, Minutes, exported)));
    }

    /// <summary>
    /// Rows know no counters, so a row says what came since the status before, at the time of the later one. Remote write counts an increase to the
    /// minute of its later sample: so the minutes are the same, and nothing has to be spread.
    /// </summary>
    [Fact]
    public async Task Count_IncreasesOfNginxInACsv_GiveTheMinutesOfRemoteWrite()
    {
        var file = FindFile();
        Assert.SkipWhen(file is null, $"The file shared/data/{File} does not stand beside the repository.");
        await using var portal = await IngestPortal.StartAsync(postgres.ConnectionString);
        var source = await portal.AddSourceAsync("prometheus beside rows");
        var written = await portal.AddSliAsync("written-beside-rows", new CounterRatio(null, SeriesSelector.Parse("responses_total{class=\"5xx\"}"), SeriesSelector.Parse("responses_total")), source);
        await using var files = await FilePortal.OpenAsync();
        files.Portal.Clock.AdjustTime(DateTimeOffset.UtcNow);
        var statuses = (await System.IO.File.ReadAllLinesAsync(file!, TestContext.Current.CancellationToken)).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        var shift = (DateTimeOffset.UtcNow.AddDays(-1).ToUnixTimeMilliseconds() - statuses[0].GetProperty("timestamp").GetInt64()) / 60_000 * 60_000;

        foreach (var status in statuses)
        {
            Assert.Equal(IngestAnswer.Stored, await portal.WriteAsync(source, RequestOf(status, shift)));
        }
        var run = await files.CountAsync(CsvOf(statuses, shift), null, new RowMapping
        {
            Time = new TimeRule("time", TimeForm.UnixMilliseconds),
            Counts = new CountRule(RowMeaning.Counts) { Bad = "failed", Total = "responses" },
        });

        Assert.Equal((249 * 3, 0, 0), (run.Row.Kept, run.Row.Refused, run.Row.Duplicates));
        var minutes = await MinutesAsync(new SliCounts(portal.Database), written);
        Assert.True(minutes.Count >= 20, $"{minutes.Count} minutes prove little.");
        Assert.Equal(minutes, await MinutesAsync(files.Portal.Get<SliCounts>(), files.SliId));
    }

    private static async Task<List<CountBucket>> MinutesAsync(SliCounts counts, int sli) =>
        [.. (await counts.BucketsAsync(sli, Interval.EndingAt(DateTimeOffset.UtcNow, TimeSpan.FromDays(2)), BucketSize.Minute, TestContext.Current.CancellationToken)).Where(b => b.Counts.HasData)];

    /// <summary>A row for each server and status but the first: what came since the one before.</summary>
    private static string CsvOf(JsonElement[] statuses, long shift)
    {
        var text = new StringBuilder("time,server,failed,responses\n");
        foreach (var (before, status) in statuses.Zip(statuses.Skip(1)))
        {
            foreach (var zone in status.GetProperty("server_zones").EnumerateObject())
            {
                var increases = Classes.Select(name => Increase(Value(before, zone.Name, name), Value(status, zone.Name, name))).ToArray();
                text.Append(CultureInfo.InvariantCulture, $"{status.GetProperty("timestamp").GetInt64() + shift},{zone.Name},{increases[^1]},{increases.Sum()}\n");
            }
        }

        return text.ToString();

        static double Value(JsonElement status, string zone, string name) => status.GetProperty("server_zones").GetProperty(zone).GetProperty("responses").GetProperty(name).GetDouble();
        static double Increase(double before, double after) => after >= before ? after - before : after;
    }

    /// <param name="status">A line of the file.</param>
    /// <param name="shift">How far its time is moved.</param>
    /// <param name="before">For deltas, the values before, which are replaced; the first ones are not sent, as remote write does not count them.</param>
    private static ExportMetricsServiceRequest ExportOf(JsonElement status, long shift, Dictionary<string, double>? before)
    {
        var points = new List<NumberDataPoint>();
        foreach (var zone in status.GetProperty("server_zones").EnumerateObject())
        {
            foreach (var name in Classes)
            {
                var value = zone.Value.GetProperty("responses").GetProperty(name).GetDouble();
                var known = before?.GetValueOrDefault(zone.Name + name, double.NaN) ?? 0;
                before?[zone.Name + name] = value;
                if (!double.IsNaN(known))
                {
                    points.Add(Point(
                        status.GetProperty("timestamp").GetInt64() + shift, before is null || value < known ? value : value - known, 0, Text("class", name), Text("zone", zone.Name)));
                }
            }
        }

        return Of(before is null ? Counter("responses", [.. points]) : Deltas("responses", [.. points]));
    }

    private static WriteRequestBuilder RequestOf(JsonElement status, long shift)
    {
        var request = new WriteRequestBuilder();
        foreach (var zone in status.GetProperty("server_zones").EnumerateObject())
        {
            foreach (var name in Classes)
            {
                request.Series(
                    [("__name__", "responses_total"), ("class", name), ("zone", zone.Name)],
                    (status.GetProperty("timestamp").GetInt64() + shift, zone.Value.GetProperty("responses").GetProperty(name).GetDouble()));
            }
        }

        return request;
    }

    private static double Jq(string file, string classes)
    {
        var program =
            $"[inputs|.server_zones] as $r | [range(1;$r|length) as $i | ($r[$i]|keys[]) as $z | {classes} as $c"
            + " | $r[$i-1][$z].responses[$c] as $a | $r[$i][$z].responses[$c] as $b | if $b >= $a then $b-$a else $b end] | add";
        using var jq = Process.Start(new ProcessStartInfo("jq", ["-n", program, file]) { RedirectStandardOutput = true })!;
        var answer = jq.StandardOutput.ReadToEnd();
        jq.WaitForExit();
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    private static string? FindFile()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "data", File);
            if (System.IO.File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }
}
