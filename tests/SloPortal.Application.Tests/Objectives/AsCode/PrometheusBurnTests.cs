using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Budgets.Evaluation;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Application.Objectives.AsCode.Exporting;
using SloPortal.Application.Objectives.AsCode.Reading;
using SloPortal.Application.Tests.Measurement.Ingest;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Objectives.AsCode;

/// <summary>
/// The exported rules in a real Prometheus against the portal, on the same samples: one each minute, on the minute. A range of Prometheus 2
/// holds the samples at both of its ends, so what the portal counts in the minutes before T stands in the range that ends with the last of them.
/// </summary>
public sealed class PrometheusBurnTests
{
    private const int Minutes = 4400;
    private const double Budget = 0.001;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EventRules_SameSamples_BurnAsThePortalSays()
    {
        Assert.SkipUnless(HistoryServer.IsInstalled("prometheus"), "prometheus is not installed; apt-get install prometheus runs this test.");
        var database = await TestPostgres.CreateDatabaseAsync(Ct);
        try
        {
            var now = MinuteClock.Floor(TimeProvider.System.GetUtcNow());
            await using var agreement = await Agreement.CreateAsync(database, Ct, now);
            var samples = Samples(now);
            await IngestAsync(agreement, database, samples);
            await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct, "requests-answered", agreement.Terms(99.9m, "rolling 30d") with { Sli = "requests" }), Ct);
            await new EvaluateBudgets(agreement.Get<NpgsqlDataSource>(), agreement.Get<IDbContextFactory<PortalDbContext>>()).RunAsync(now, Ct);
            var exported = (await agreement.Get<ExportObjectives.Handler>().HandleAsync(new(CodeForm.EventRules, agreement.Service, "requests-answered"), agreement.Owner, Ct)).Require();

            using var prometheus = await HistoryServer.StartAsync("prometheus", [.. Served("200", samples, s => s.Good), .. Served("500", samples, s => s.Bad)], Ct);
            var theirs = new Dictionary<string, double>();
            foreach (var (window, expression) in Ratios(exported.Text))
                theirs[window] = await prometheus.QueryAsync(expression, now.AddMinutes(-1), Ct) / Budget;

            await using var db = await agreement.OpenAsync(Ct);
            var rules = await db.AlertRuleStates.AsNoTracking().OrderBy(r => r.RuleIndex).ToListAsync(Ct);
            Assert.Equal(4, rules.Count);
            foreach (var rule in rules)
            {
                Assert.Equal(theirs[Window(rule.LongWindow)], rule.LongBurn!.Value, 1e-6 * Math.Max(1, rule.LongBurn.Value));
                Assert.Equal(theirs[Window(rule.ShortWindow)], rule.ShortBurn!.Value, 1e-6 * Math.Max(1, rule.ShortBurn.Value));
            }

            // Windows that do not differ would prove nothing.
            Assert.Equal(theirs.Count, theirs.Values.Select(v => Math.Round(v, 6)).Distinct().Count());
        }
        finally
        {
            await TestPostgres.DropDatabaseAsync(database, CancellationToken.None);
        }
    }

    private static List<(DateTimeOffset At, double Good, double Bad)> Samples(DateTimeOffset now)
    {
        var random = new Random(11);
        var (good, bad, samples) = (0d, 0d, new List<(DateTimeOffset, double, double)>());
        for (var i = Minutes; i >= 1; i--)
        {
            (good, bad) = (good + random.Next(50, 400), bad + random.Next(0, i % 97 == 0 ? 60 : 3));
            samples.Add((now.AddMinutes(-i), good, bad));
        }

        return samples;
    }

    private static async Task IngestAsync(Agreement agreement, string database, List<(DateTimeOffset At, double Good, double Bad)> samples)
    {
        await using var ingest = await IngestPortal.StartAsync(database);
        var source = await ingest.AddSourceAsync("prometheus");
        (await agreement.Get<CreateSli.Handler>().HandleAsync(
            new(agreement.Service, "requests", "Requests", "", source, new SliDraft { Kind = SliKind.CounterRatio, Total = "http_requests_total{job=\"shop\"}", Bad = "http_requests_total{job=\"shop\",code=\"500\"}" }),
            agreement.Owner, Ct)).Require();
        foreach (var chunk in samples.Chunk(500))
        {
            await ingest.WriteAsync(source, new WriteRequestBuilder()
                .Series(Labels("200"), [.. chunk.Select(s => (s.At.ToUnixTimeMilliseconds(), s.Good))])
                .Series(Labels("500"), [.. chunk.Select(s => (s.At.ToUnixTimeMilliseconds(), s.Bad))]));
        }
    }

    private static (string, string)[] Labels(string code) => [("__name__", "http_requests_total"), ("code", code), ("job", "shop")];

    private static IEnumerable<ServedSample> Served(string code, List<(DateTimeOffset At, double Good, double Bad)> samples, Func<(DateTimeOffset At, double Good, double Bad), double> value) =>
        samples.Select(s => new ServedSample($"http_requests_total{{job=\"shop\",code=\"{code}\"}}", s.At, value(s)));

    /// <summary>The expressions of the ratios by their window.</summary>
    private static IEnumerable<(string Window, string Expression)> Ratios(string yaml)
    {
        var root = (CodeMap)CodeFile.Read(yaml).OfType<CodeMap>().Single();
        foreach (var rule in ((CodeList)root.Find("groups")!).Items.Cast<CodeMap>().SelectMany(g => ((CodeList)g.Find("rules")!).Items.Cast<CodeMap>()))
        {
            if ((rule.Find("record") as CodeText)?.Value is { } name && name.StartsWith("slo:sli_error:ratio_rate", StringComparison.Ordinal))
                yield return (name["slo:sli_error:ratio_rate".Length..], ((CodeText)rule.Find("expr")!).Value);
        }
    }

    private static string Window(TimeSpan length) => length.TotalDays >= 1 ? $"{length.TotalDays}d" : length.TotalHours >= 1 ? $"{length.TotalHours}h" : $"{length.TotalMinutes}m";
}
