using System.Text.RegularExpressions;
using SloPortal.Application.Objectives.AsCode.Sloth;

namespace SloPortal.Benchmarks;

/// <summary>The rules that Sloth 0.16 generates for an objective of 99.9 % over 30 days: 8 ratios, 7 records about the objective, 2 alerts.</summary>
internal static partial class SlothRules
{
    private static readonly Dictionary<string, string> None = [];

    public static string For(int objectives, string interval) => RuleFile.Write(Enumerable.Range(0, objectives).SelectMany(Groups), interval);

    /// <summary>
    /// Its error ratio of 30 days, the mean of the ratios of five minutes. What Sloth reads from the record of these is worked out in the same query, once
    /// for each minute, as Prometheus evaluates rules where nothing else is said.
    /// </summary>
    public static string ErrorRatio(int objective)
    {
        var ratios = Groups(objective)[0].Rules;
        return FiveMinutes().Replace(ratios[^1].Expr, $"({ratios[0].Expr})[30d:1m]");
    }

    private static IReadOnlyList<PrometheusGroup> Groups(int objective)
    {
        var alert = new BurnAlert("HighErrorRate", None, None);
        return BurnRules.Of(
            new RuleSubject(
                $"svc{objective}", "availability", 99.9, 30, $"sum(rate(http_requests_total{{job=\"svc{objective}\",code=~\"(5..|429)\"}}[{{{{.window}}}}]))",
                $"sum(rate(http_requests_total{{job=\"svc{objective}\"}}[{{{{.window}}}}]))", None, alert, alert),
            new RuleOrigin(None, None));
    }

    [GeneratedRegex(@"slo:sli_error:ratio_rate5m\{[^}]*\}\[30d\]", RegexOptions.CultureInvariant)]
    private static partial Regex FiveMinutes();
}
