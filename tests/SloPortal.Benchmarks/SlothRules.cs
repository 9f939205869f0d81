using SloPortal.Application.Objectives.AsCode.Sloth;

namespace SloPortal.Benchmarks;

/// <summary>The rules that Sloth 0.16 generates for an objective of 99.9 % over 30 days: 8 ratios, 7 records about the objective, 2 alerts.</summary>
internal static class SlothRules
{
    private static readonly Dictionary<string, string> None = [];

    public static string For(int objectives, string interval)
    {
        var alert = new BurnAlert("HighErrorRate", None, None);
        return RuleFile.Write(Enumerable.Range(0, objectives).SelectMany(i => BurnRules.Of(
            new RuleSubject(
                $"svc{i}", "availability", 99.9, 30, $"sum(rate(http_requests_total{{job=\"svc{i}\",code=~\"(5..|429)\"}}[{{{{.window}}}}]))",
                $"sum(rate(http_requests_total{{job=\"svc{i}\"}}[{{{{.window}}}}]))", None, alert, alert),
            new RuleOrigin(None, None))), interval);
    }
}
