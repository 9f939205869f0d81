using System.Globalization;
using System.Text;

namespace SloPortal.Benchmarks;

/// <summary>The rules that Sloth 0.16 generates for an objective of 99.9 % over 30 days: 8 ratios, 7 records about the objective, 2 alerts.</summary>
internal static class SlothRules
{
    public static string For(int objectives, string interval)
    {
        var yaml = new StringBuilder("groups:\n");
        for (var i = 0; i < objectives; i++)
            Append(yaml, i, interval);
        return yaml.ToString();
    }

    private static void Append(StringBuilder yaml, int i, string interval)
    {
        var id = $"sloth_id=\"svc{i}-availability\", sloth_service=\"svc{i}\", sloth_slo=\"availability\"";
        var labels = $"    labels: {{sloth_id: svc{i}-availability, sloth_service: svc{i}, sloth_slo: availability";
        yaml.Append(CultureInfo.InvariantCulture, $"- name: sloth-slo-sli-recordings-{i}\n  interval: {interval}\n  rules:\n");
        foreach (var window in new[] { "5m", "30m", "1h", "2h", "6h", "1d", "3d" })
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  - record: slo:sli_error:ratio_rate{window}\n    expr: (sum(rate(http_requests_total{{job=\"svc{i}\",code=~\"(5..|429)\"}}[{window}]))) / (sum(rate(http_requests_total{{job=\"svc{i}\"}}[{window}])))\n{labels}, sloth_window: {window}}}\n");
        }

        yaml.Append(CultureInfo.InvariantCulture, $"  - record: slo:sli_error:ratio_rate30d\n    expr: sum_over_time(slo:sli_error:ratio_rate5m{{{id}}}[30d]) / ignoring (sloth_window) count_over_time(slo:sli_error:ratio_rate5m{{{id}}}[30d])\n{labels}, sloth_window: 30d}}\n");
        yaml.Append(CultureInfo.InvariantCulture, $"- name: sloth-slo-meta-recordings-{i}\n  interval: {interval}\n  rules:\n");
        foreach (var (record, expr) in new[]
        {
            ("slo:objective:ratio", "vector(0.999)"), ("slo:error_budget:ratio", "vector(1-0.999)"), ("slo:time_period:days", "vector(30)"),
            ("slo:current_burn_rate:ratio", $"slo:sli_error:ratio_rate5m{{{id}}} / on(sloth_id, sloth_slo, sloth_service) group_left slo:error_budget:ratio{{{id}}}"),
            ("slo:period_burn_rate:ratio", $"slo:sli_error:ratio_rate30d{{{id}}} / on(sloth_id, sloth_slo, sloth_service) group_left slo:error_budget:ratio{{{id}}}"),
            ("slo:period_error_budget_remaining:ratio", $"1 - slo:period_burn_rate:ratio{{{id}}}"), ("sloth_slo_info", "vector(1)"),
        })
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  - record: {record}\n    expr: {expr}\n{labels}}}\n");
        }

        string Burns(string window, string factor) => $"max(slo:sli_error:ratio_rate{window}{{{id}}} > ({factor} * 0.001)) without (sloth_window)";
        yaml.Append(CultureInfo.InvariantCulture, $"- name: sloth-slo-alerts-{i}\n  interval: {interval}\n  rules:\n");
        yaml.Append(CultureInfo.InvariantCulture, $"  - alert: HighErrorRate\n    expr: ({Burns("5m", "14.4")} and {Burns("1h", "14.4")}) or ({Burns("30m", "6")} and {Burns("6h", "6")})\n    labels: {{sloth_severity: page}}\n");
        yaml.Append(CultureInfo.InvariantCulture, $"  - alert: HighErrorRate\n    expr: ({Burns("2h", "3")} and {Burns("1d", "3")}) or ({Burns("6h", "1")} and {Burns("3d", "1")})\n    labels: {{sloth_severity: ticket}}\n");
    }
}
