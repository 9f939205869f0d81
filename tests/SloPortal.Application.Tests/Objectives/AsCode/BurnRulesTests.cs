using System.Diagnostics;
using SloPortal.Application.Objectives.AsCode.OpenSlo;
using SloPortal.Application.Objectives.AsCode.Reading;
using SloPortal.Application.Objectives.AsCode.Sloth;

namespace SloPortal.Application.Tests.Objectives.AsCode;

/// <summary>Rule by rule against what Sloth generated for its own examples, where they are at hand.</summary>
public sealed class BurnRulesTests
{
    private static readonly RuleSubject Subject = new(
        "checkout", "orders", 99.9, 30, "sum(rate(bad_total[{{.window}}]))", "sum(rate(all_total[{{.window}}]))", new Dictionary<string, string>(),
        new BurnAlert("Burn", new Dictionary<string, string>(), new Dictionary<string, string>()), null);

    [Theory]
    [InlineData("getting-started.yml")]
    [InlineData("home-wifi.yml")]
    [InlineData("kubernetes-apiserver.yml")]
    [InlineData("no-alerts.yml")]
    [InlineData("raw-home-wifi.yml")]
    public void Of_SpecOfSloth_IsWhatSlothGenerates(string name)
    {
        var folder = SharedData.Folder("sloth");
        var findings = new Findings();
        var spec = SlothSpecReader.Read((CodeMap)CodeFile.Read(File.ReadAllText(Path.Combine(folder, "specs", name)))[0], name, findings)!;
        Assert.False(findings.HasRefusal);

        AreEqual(Path.Combine(folder, "rules", name), spec.Slos.SelectMany(s => BurnRules.Of(s.Subject, Origin("cli-gen-prom", "prometheus/v1"))));
    }

    [Fact]
    public void Of_OldOpenSloExampleOfSloth_IsWhatSlothGenerates()
    {
        var folder = SharedData.Folder("sloth");
        // Sloth reads OpenSLO v1alpha, which the importer does not; what it makes of the example is held against the same generator.
        var subject = new RuleSubject(
            "my-service", "sloth-slo-my-service-0", 99.9, 30,
            """
              1 - (
                (
                  sum(rate(http_request_duration_seconds_count{job="myservice",code!~"(5..|429)"}[{{.window}}]))
                )
                /
                (
                  sum(rate(http_request_duration_seconds_count{job="myservice"}[{{.window}}]))
                )
              )
            """, null, new Dictionary<string, string>(), null, null);

        AreEqual(Path.Combine(folder, "rules", "openslo-getting-started.yml"), BurnRules.Of(subject, Origin("cli-gen-openslo", "openslo/v1alpha")));
    }

    [Fact]
    public void Of_CountingEvents_DividesEventsOfTheWholePeriod()
    {
        string Whole(bool events) => BurnRules.Of(Subject, Origin("", ""), events)[0].Rules.Single(r => r.Record == "slo:sli_error:ratio_rate30d").Expr;

        Assert.Contains("sum_over_time(slo:sli_error:ratio_rate5m", Whole(false), StringComparison.Ordinal);
        Assert.Equal("(sum(rate(bad_total[30d])))\n/\n(sum(rate(all_total[30d])))\n", Whole(true));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_Rules_LoadInPrometheus(bool countsEvents)
    {
        var promtool = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(p => Path.Combine(p, "promtool")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(promtool is null, "promtool is not installed.");
        var file = Path.Combine(Path.GetTempPath(), $"rules-{Guid.NewGuid():N}.yml");
        try
        {
            await File.WriteAllTextAsync(file, RuleFile.Write(BurnRules.Of(Subject, Origin("sloportal", "prometheus/v1"), countsEvents)), TestContext.Current.CancellationToken);
            using var check = Process.Start(new ProcessStartInfo(promtool, ["check", "rules", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var said = await check.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await check.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await check.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(check.ExitCode == 0, said);
            Assert.Contains("16 rules found", said, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static RuleOrigin Origin(string mode, string spec) => new(
        new Dictionary<string, string> { ["cmd"] = "examplesgen.sh" }, new Dictionary<string, string> { ["sloth_mode"] = mode, ["sloth_spec"] = spec, ["sloth_version"] = "dev" });

    private static void AreEqual(string file, IEnumerable<PrometheusGroup> groups)
    {
        var expected = Rules(File.ReadAllText(file));
        var actual = Rules(RuleFile.Write(groups));
        Assert.NotEmpty(expected);
        foreach (var (theirs, ours) in expected.Zip(actual))
            Assert.Equal(theirs, ours);
        Assert.Equal(expected.Count, actual.Count);
    }

    /// <summary>Each rule as one text: group, name, expression without regard to white space, labels and annotations.</summary>
    private static List<string> Rules(string yaml)
    {
        var root = (CodeMap)CodeFile.Read(yaml).OfType<CodeMap>().Single();
        return
        [
            .. from @group in ((CodeList)root.Find("groups")!).Items.Cast<CodeMap>()
               from rule in ((CodeList)@group.Find("rules")!).Items.Cast<CodeMap>()
               select $"{Text(@group.Find("name"))} | {Text(rule.Find("record"))}{Text(rule.Find("alert"))} | {Text(rule.Find("expr"))} | {Texts(rule.Find("labels"))} | {Texts(rule.Find("annotations"))}",
        ];
    }

    private static string Text(CodeNode? node) => string.Concat((((CodeText?)node)?.Value ?? "").Where(c => !char.IsWhiteSpace(c)));

    private static string Texts(CodeNode? node) =>
        string.Join(", ", ((CodeMap?)node)?.Fields.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => $"{f.Name}={Text(f.Value)}") ?? []);
}
