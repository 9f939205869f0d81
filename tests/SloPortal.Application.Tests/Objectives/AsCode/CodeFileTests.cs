using System.Diagnostics.CodeAnalysis;
using System.Text;
using CsCheck;
using SloPortal.Application.Objectives.AsCode.OpenSlo;
using SloPortal.Application.Objectives.AsCode.Reading;

namespace SloPortal.Application.Tests.Objectives.AsCode;

public sealed class CodeFileTests
{
    private const string Slo = """
        apiVersion: openslo/v1
        kind: SLO
        metadata:
          name: orders-placed
          displayName: Orders placed
        spec:
          description: Orders are our business.
          service: checkout
          indicator:
            metadata: {name: orders}
            spec:
              ratioMetric:
                counter: true
                good: {metricSource: {type: Prometheus, spec: {query: 'sum(rate(orders_total{result="ok"}[5m]))'}}}
                total: {metricSource: {type: Prometheus, spec: {query: 'sum(rate(orders_total[5m]))'}}}
          timeWindow:
            - duration: 28d
              isRolling: true
          budgetingMethod: Occurrences
          objectives:
            - target: 0.999
        """;

    [Fact]
    public void Read_WholeSlo_HasNoFinding()
    {
        var (set, findings) = Read(Slo);

        Assert.Empty(findings.All);
        var slo = Assert.Single(set.Objectives);
        Assert.Equal("rolling 28d", slo.Window);
        Assert.Equal(99.9m, Assert.Single(slo.Targets).TargetPercent);
    }

    [Theory]
    [InlineData("kind: Service\n\tmetadata:\n", 2, "tab")]
    [InlineData("a: 1\nb: 2\na: 3\n", 3, "stands twice; the first is in line 1")]
    [InlineData("a: &a [x]\nb: !!python/object {}\n", 2, "tag")]
    [InlineData("a: {<<: {b: 1}}\n", 1, "merges")]
    [InlineData("a: *nothing\n", 1, "alias")]
    [InlineData("{\"a\": [1, 2\n", 2, "not JSON")]
    public void Read_FileThatIsNone_NamesLineAndReason(string text, int line, string says)
    {
        var refused = Assert.Throws<CodeRefusedException>(() => CodeFile.Read(text));

        Assert.Equal(line, refused.Line);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BombOfAliases_IsRefusedByWhatItWouldBecome()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 8))}]\n");

        Assert.Contains("aliases", Assert.Throws<CodeRefusedException>(() => CodeFile.Read(bomb.ToString())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FewAliases_AreTheNodesThatTheyName()
    {
        var map = Assert.IsType<CodeMap>(Assert.Single(CodeFile.Read("labels: &all {team: shop}\nother: *all\n")));

        Assert.Same(map.Find("labels"), map.Find("other"));
    }

    [Fact]
    public void Read_DeepOrHugeFile_IsRefused()
    {
        Assert.Contains("deep", Assert.Throws<CodeRefusedException>(() => CodeFile.Read(new string('[', 100_000))).Message, StringComparison.Ordinal);
        Assert.Contains("1 MiB", Assert.Throws<CodeRefusedException>(() => CodeFile.Read(new string('a', 50_000_000))).Message, StringComparison.Ordinal);
        Assert.Contains("values", Assert.Throws<CodeRefusedException>(() => CodeFile.Read("- a\n".PadRight(400_000, 'x').Replace("x", "\n- a", StringComparison.Ordinal)[..600_000])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("duration: 28d", "duration: 1m", "Case matters|minute")]
    [InlineData("name: orders-placed", "name: Orders_Placed", "RFC 1123")]
    [InlineData("target: 0.999", "target: 1", "from 0 to below 1")]
    [InlineData("target: 0.999", "target: 0.999\n      targetPercent: 99.9", "either")]
    [InlineData("budgetingMethod: Occurrences", "budgetingMethod: ByFeeling", "Timeslices")]
    [InlineData("isRolling: true", "isRolling: maybe", "true or false")]
    [InlineData("openslo/v1", "openslo/v1alpha", "openslo/v1alpha")]
    public void Read_WrongField_IsRefusedInItsLine(string right, string wrong, string says)
    {
        var text = Slo.Replace(right, wrong, StringComparison.Ordinal);
        var (_, findings) = Read(text);

        var line = text.Split('\n').ToList().FindIndex(l => l.Contains(wrong.Split('\n')[0], StringComparison.Ordinal)) + 1;
        var said = findings.All.Where(f => f.IsRefusal).ToList();
        Assert.Contains(said, f => f.Line == line && says.Split('|').Any(s => f.Says.Contains(s, StringComparison.Ordinal)) || (f.Line == line && says.Contains("minute", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Timeslices", "timeSliceTarget: 0.99, timeSliceWindow: 5m", "timeslices 5m 99")]
    [InlineData("Timeslices", "timeSliceTarget: 0.995, timeSliceWindow: 1", "timeslices 1m 99.5")]
    [InlineData("RatioTimeslices", "timeSliceWindow: 1m", "ratio timeslices 1m")]
    [InlineData("Timeslices", "timeSliceTarget: 0.99", "need \"timeSliceWindow\"")]
    [InlineData("Timeslices", "timeSliceWindow: 5m", "need \"timeSliceTarget\"")]
    [InlineData("Timeslices", "timeSliceTarget: 1, timeSliceWindow: 5m", "below 1, such as 0.9999")]
    [InlineData("Timeslices", "timeSliceTarget: 0.99, timeSliceWindow: 10m", "1 or 5 minutes")]
    [InlineData("RatioTimeslices", "timeSliceWindow: 2d", "divides|begin alike in every hour")]
    public void Read_Slices_AreAMethodOrRefused(string method, string fields, string gives)
    {
        var (set, findings) = Read(Slo.Replace("Occurrences", method, StringComparison.Ordinal).Replace("- target: 0.999", $"- {{target: 0.999, {fields}}}", StringComparison.Ordinal));

        if (findings.HasRefusal)
            Assert.Contains(findings.All, f => f.IsRefusal && gives.Split('|').Any(g => f.Says.Contains(g, StringComparison.Ordinal)));
        else
            Assert.Equal(gives, Assert.Single(set.Objectives[0].Targets).Method);
    }

    [Theory]
    [InlineData("  budgetingMethod: Occurrences\n", "", "budgetingMethod")]
    [InlineData("- target: 0.999", "- {target: 0.999, op: gt}", "op")]
    [InlineData("budgetingMethod: Occurrences", "budgetingMethod: Occurrences\n  alertPolicies:\n    - by-name", "bare name")]
    [InlineData("budgetingMethod: Occurrences", "budgetingMethod: Occurrences\n  alertPolicies:\n", null)]
    [InlineData("- target: 0.999", "- {target: 0.999, timeSliceWindow: 5}", "minutes")]
    public void Read_WhatSpecificationAndToolsDisagreeAbout_WarnsAndGoesOn(string right, string wrong, string? says)
    {
        var (set, findings) = Read(Slo.Replace(right, wrong, StringComparison.Ordinal));
        SliMapping.Of(set.Objectives[0].Indicator!, set.Objectives[0].Targets[0], set, findings);

        Assert.False(findings.HasRefusal);
        if (says is not null)
            Assert.Contains(findings.All, f => f.Says.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "That none is thrown is what is tested.")]
    public void Read_MutatedFiles_NeverCrashes()
    {
        string[] seeds = [Slo, "{\"apiVersion\": \"openslo/v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"web\"}, \"spec\": {}}", "version: prometheus/v1\nservice: a\nslos:\n  - name: b\n    objective: 99\n    sli: {raw: {error_ratio_query: x}}\n"];
        const string Odd = "{}[]:,&*!|>'\"%@`#-?\t\n\r \0\uD83D\uFEFF<~0a";
        Gen.Select(Gen.Int[0, seeds.Length - 1], Gen.Select(Gen.Int[0, 2], Gen.Int[0, 900], Gen.Int[0, Odd.Length - 1], Gen.Int[1, 40]).Array[1, 12]).Sample((seed, edits) =>
        {
            var text = new StringBuilder(seeds[seed]);
            foreach (var (kind, where, what, length) in edits)
            {
                var at = Math.Min(where, text.Length);
                if (kind == 0)
                    text.Insert(at, Odd[what]);
                else if (kind == 1)
                    text.Remove(at, Math.Min(length, text.Length - at));
                else
                    text.Insert(at, text.ToString(at, Math.Min(length, text.Length - at)));
            }
            var (set, findings) = Read(text.ToString());
            foreach (var slo in set.Objectives.Where(s => s.Indicator is not null))
                slo.Targets.ToList().ForEach(t => SliMapping.Of(slo.Indicator!, t, set, findings));
        }, iter: 5000);
    }

    [Theory]
    [InlineData("http_requests_total{code=\"200\"}", "http_requests_total{code=\"200\"}")]
    [InlineData("sum(rate(http_requests_total{code=~\"2..\"}[{{.window}}]))", "http_requests_total{code=~\"2..\"}")]
    [InlineData(" ( sum(\n increase(x_total[5m])\n ) ) ", "x_total")]
    [InlineData("sum(rate(a[5m])) / sum(rate(b[5m]))", null)]
    [InlineData("sum by (job) (rate(a[5m]))", null)]
    [InlineData("sum(rate(a))", null)]
    public void Counters_Query_IsTheSelectorOrARefusal(string query, string? selector) =>
        Assert.Equal(selector, QueryText.Counters(query).Selector?.ToString());

    private static (SloSet, Findings) Read(string text)
    {
        var (set, findings) = (new SloSet(), new Findings());
        SloFile.Read(new CodeSource("a.yaml", text), set, findings);
        return (set, findings);
    }
}
