using System.Globalization;

namespace SloPortal.Application.Objectives.AsCode.Sloth;

/// <summary>One rule of Prometheus.</summary>
/// <param name="Record">The series that it records; null for an alert.</param>
/// <param name="Alert">The alert; null for a record.</param>
public sealed record PrometheusRule(
    string? Record, string? Alert, string Expr, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Annotations);

public sealed record PrometheusGroup(string Name, IReadOnlyList<PrometheusRule> Rules);

/// <summary>What the rules say of where they come from.</summary>
/// <param name="Labels">On every rule.</param>
/// <param name="Info">Further ones on <c>sloth_slo_info</c>.</param>
public sealed record RuleOrigin(IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Info);

/// <summary>
/// Recording rules and multi-window burn alerts of an objective, as Sloth 0.16 generates them: the same names, windows and factors (its
/// catalog of windows, which follows chapter 5 of "The Site Reliability Workbook"), so that its dashboards read them.
/// </summary>
public static class BurnRules
{
    private static readonly string[] Windows = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"];
    private static readonly Dictionary<string, string> None = [];

    /// <param name="subject">The objective.</param>
    /// <param name="origin">Where the rules come from.</param>
    /// <param name="countsEvents">
    /// The ratio of the whole period is bad events over all events of the period. Sloth takes the mean of the five-minute ratios instead, in which
    /// a quiet night weighs as much as a busy day.
    /// </param>
    public static IReadOnlyList<PrometheusGroup> Of(RuleSubject subject, RuleOrigin origin, bool countsEvents = false)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(origin);
        var id = $"{subject.Service}-{subject.Slo}";
        var labels = new Dictionary<string, string>(subject.Labels, StringComparer.Ordinal);
        foreach (var (name, value) in origin.Labels)
            labels[name] = value;
        (labels["sloth_id"], labels["sloth_service"], labels["sloth_slo"]) = (id, subject.Service, subject.Slo);
        var filter = $"{{sloth_id=\"{id}\", sloth_service=\"{subject.Service}\", sloth_slo=\"{subject.Slo}\"}}";

        List<PrometheusGroup> groups =
        [
            new($"sloth-slo-sli-recordings-{id}", Ratios(subject, labels, filter, countsEvents)),
            new($"sloth-slo-meta-recordings-{id}", Meta(subject, origin, labels, filter)),
        ];
        List<PrometheusRule> alerts = [];
        var budget = Number((100 - subject.Percent) / 100);
        if (subject.Page is { } page)
            alerts.Add(Alert(page, "page", subject.Days, filter, budget, ("5m", "1h", 0.02, 1d / 24), ("30m", "6h", 0.05, 6d / 24)));
        if (subject.Ticket is { } ticket)
            alerts.Add(Alert(ticket, "ticket", subject.Days, filter, budget, ("2h", "1d", 0.1, 1), ("6h", "3d", 0.1, 3)));
        if (alerts.Count > 0)
            groups.Add(new PrometheusGroup($"sloth-slo-alerts-{id}", alerts));
        return groups;
    }

    private static List<PrometheusRule> Ratios(RuleSubject subject, Dictionary<string, string> labels, string filter, bool countsEvents)
    {
        var period = string.Create(CultureInfo.InvariantCulture, $"{subject.Days}d");
        var rules = Windows.Select(w => Record($"slo:sli_error:ratio_rate{w}", Ratio(subject, w), With(labels, w))).ToList();
        var whole = countsEvents && subject.TotalQuery is not null
            ? Ratio(subject, period)
            : $"sum_over_time(slo:sli_error:ratio_rate5m{filter}[{period}])\n/ ignoring (sloth_window)\ncount_over_time(slo:sli_error:ratio_rate5m{filter}[{period}])\n";
        rules.Add(Record($"slo:sli_error:ratio_rate{period}", whole, With(labels, period)));
        return rules;
    }

    private static string Ratio(RuleSubject subject, string window)
    {
        string At(string query) => query.Replace("{{.window}}", window, StringComparison.Ordinal).Replace("{{ .window }}", window, StringComparison.Ordinal);
        return subject.TotalQuery is null ? $"({At(subject.ErrorQuery)})" : $"({At(subject.ErrorQuery)})\n/\n({At(subject.TotalQuery)})\n";
    }

    private static List<PrometheusRule> Meta(RuleSubject subject, RuleOrigin origin, Dictionary<string, string> labels, string filter)
    {
        var target = Number(subject.Percent / 100);
        var period = string.Create(CultureInfo.InvariantCulture, $"{subject.Days}d");
        string Burn(string window) => $"slo:sli_error:ratio_rate{window}{filter}\n/ on(sloth_id, sloth_slo, sloth_service) group_left\nslo:error_budget:ratio{filter}\n";
        var info = new Dictionary<string, string>(labels, StringComparer.Ordinal);
        foreach (var (name, value) in origin.Info)
            info[name] = value;
        info["sloth_objective"] = Number(subject.Percent);
        return
        [
            Record("slo:objective:ratio", $"vector({target})", labels),
            Record("slo:error_budget:ratio", $"vector(1-{target})", labels),
            Record("slo:time_period:days", string.Create(CultureInfo.InvariantCulture, $"vector({subject.Days})"), labels),
            Record("slo:current_burn_rate:ratio", Burn("5m"), labels),
            Record("slo:period_burn_rate:ratio", Burn(period), labels),
            Record("slo:period_error_budget_remaining:ratio", $"1 - slo:period_burn_rate:ratio{filter}", labels),
            Record("sloth_slo_info", "vector(1)", info),
        ];
    }

    /// <param name="alert">How it is named.</param>
    /// <param name="severity">page or ticket.</param>
    /// <param name="days">Of the period.</param>
    /// <param name="filter">The objective.</param>
    /// <param name="budget">1 − target.</param>
    /// <param name="quick">Short and long window, the share of the budget that the long one may spend, and its length in days.</param>
    /// <param name="slow">The same of the second pair.</param>
    private static PrometheusRule Alert(
        BurnAlert alert, string severity, int days, string filter, string budget, (string Short, string Long, double Share, double Days) quick, (string Short, string Long, double Share, double Days) slow)
    {
        string Burns(string window, string factor) => $"max(slo:sli_error:ratio_rate{window}{filter} > ({factor} * {budget})) without (sloth_window)";
        string Pair((string Short, string Long, double Share, double Days) pair)
        {
            // Rounded, since 0.02 of 30 days in an hour is 14.4 and not what doubles make of it.
            var factor = Number(Math.Round(pair.Share * days / pair.Days, 6));
            return $"(\n    {Burns(pair.Short, factor)}\n    and\n    {Burns(pair.Long, factor)}\n)\n";
        }
        var labels = new Dictionary<string, string>(alert.Labels, StringComparer.Ordinal) { ["sloth_severity"] = severity };
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["summary"] = "{{$labels.sloth_service}} {{$labels.sloth_slo}} SLO error budget burn rate is over expected.",
            ["title"] = $"({severity}) {{{{$labels.sloth_service}}}} {{{{$labels.sloth_slo}}}} SLO error budget burn rate is too fast.",
        };
        foreach (var (name, value) in alert.Annotations)
            annotations[name] = value;
        return new PrometheusRule(null, alert.Name, $"{Pair(quick)}or\n{Pair(slow)}", labels, annotations);
    }

    private static PrometheusRule Record(string record, string expr, IReadOnlyDictionary<string, string> labels) => new(record, null, expr, labels, None);

    private static Dictionary<string, string> With(Dictionary<string, string> labels, string window) => new(labels, StringComparer.Ordinal) { ["sloth_window"] = window };

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
