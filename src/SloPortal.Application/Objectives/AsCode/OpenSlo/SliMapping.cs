using System.Globalization;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Application.Objectives.AsCode.Reading;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Objectives.AsCode.OpenSlo;

/// <summary>What the portal would measure for an SLI of a file; what it cannot measure is refused with the line of the query.</summary>
internal static class SliMapping
{
    /// <summary>The type of a data source whose counts are pushed to the portal.</summary>
    public const string PushedType = "SloPortal";

    private static readonly string[] Prometheus = ["prometheus", "mimir", "thanos", "victoriametrics", "cortex"];

    public static SliDefinition? Of(Indicator indicator, Target target, SloSet set, Findings findings)
    {
        var file = indicator.Head.File;
        var metrics = new[] { indicator.Threshold, indicator.Good, indicator.Bad, indicator.Total, indicator.Raw }.OfType<Metric>().ToList();
        if (metrics.Count > 0 && metrics.TrueForAll(m => TypeOf(m, set) == PushedType))
            return new PushedRatio();
        foreach (var metric in metrics)
        {
            if (TypeOf(metric, set) is { } type && !Prometheus.Contains(type.ToLowerInvariant()))
            {
                findings.Refuse(file, metric.Line, $"The portal reads the series of Prometheus and pushed counts, not {Short(type)}.");
                return null;
            }
            if (metric.Query is null)
            {
                findings.Refuse(file, metric.Line, "The metric gives no PromQL in \"query\", which is what the portal reads.");
                return null;
            }
        }
        if (indicator.Raw is { } raw)
        {
            findings.Refuse(file, raw.Line, "A ratio that is already computed cannot be counted: the portal needs the events. Give the counters of good or bad events and of all.");
            return null;
        }
        return indicator.Threshold is { } threshold ? Threshold(threshold, indicator, target, findings) : Ratio(indicator, target, findings);
    }

    private static GaugeThreshold? Threshold(Metric metric, Indicator indicator, Target target, Findings findings)
    {
        if (target.Operator is null || target.Value is null)
        {
            findings.Refuse(indicator.Head.File, target.Line, "A threshold metric needs \"op\" and \"value\" on the objective.");
            return null;
        }
        if (!SeriesSelector.TryParse(metric.Query!.Trim(), out var selector, out _))
        {
            findings.Refuse(indicator.Head.File, metric.Line, $"The portal takes each sample of a gauge as an event and evaluates no query. It needs a selector such as queue_age_seconds{{queue=\"mail\"}}, not: {Short(metric.Query)}");
            return null;
        }
        var op = target.Operator switch { "lt" => ThresholdOperator.Below, "lte" => ThresholdOperator.AtMost, "gt" => ThresholdOperator.Above, _ => ThresholdOperator.AtLeast };
        return new GaugeThreshold(selector, op, (double)target.Value.Value);
    }

    private static SliDefinition? Ratio(Indicator indicator, Target target, Findings findings)
    {
        var file = indicator.Head.File;
        if (target.Operator is not null || target.Value is not null)
            findings.Warn(file, target.Line, "\"op\" and \"value\" belong to threshold metrics; on a ratio they are left out.");
        if (indicator.IsCounter == false)
        {
            findings.Refuse(file, indicator.Total!.Line, "The portal counts the increases of counters; a ratio with \"counter: false\" is made of gauges.");
            return null;
        }
        var total = QueryText.Counters(indicator.Total!.Query!);
        var part = (indicator.Good ?? indicator.Bad)!;
        var isGood = indicator.Good is not null;
        var counted = QueryText.Counters(part.Query!);
        if (counted.Selector is null && total.Selector is not null && QueryText.Difference(part.Query!) is var (left, right)
            && QueryText.Counters(left).Selector is { } whole && whole.Equals(total.Selector) && QueryText.Counters(right).Selector is { } rest)
        {
            // All minus the bad ones are the good ones, and the other way round.
            (counted, isGood) = ((rest, null), !isGood);
        }
        if (counted.Problem is not null)
            findings.Refuse(file, part.Line, counted.Problem);
        if (total.Problem is not null)
            findings.Refuse(file, indicator.Total.Line, total.Problem);
        if (counted.Selector is null || total.Selector is null)
            return null;
        var ratio = new CounterRatio(isGood ? counted.Selector : null, isGood ? null : counted.Selector, total.Selector);
        foreach (var problem in ratio.Problems())
            findings.Refuse(file, part.Line, problem);
        return ratio.Problems().Count > 0 ? null
            : indicator.Head.Own("histogram") is { } bound ? Histogram(ratio, bound, indicator, findings) : ratio;
    }

    /// <summary>What the portal itself exported as the bucket and the count of a histogram.</summary>
    private static SliDefinition? Histogram(CounterRatio ratio, string text, Indicator indicator, Findings findings)
    {
        const string Count = "_count";
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) && ratio.Total.MetricName is { } name && name.EndsWith(Count, StringComparison.Ordinal)
            && new SliDraft { Kind = SliKind.HistogramThreshold, Histogram = ratio.Total.ToString().Replace(name, name[..^Count.Length], StringComparison.Ordinal), Threshold = bound }.TryBuild(out var definition, out _)
            && definition.Selectors() is [var good, var total] && good.Equals(ratio.Good) && total.Equals(ratio.Total))
            return definition;
        findings.Refuse(indicator.Head.File, indicator.Head.Line, $"The annotation {ObjectHead.Prefix}histogram does not fit the queries. Leave it out, or export the SLI again.");
        return null;
    }

    private static string? TypeOf(Metric metric, SloSet set) =>
        metric.Type ?? (metric.Source is null ? null : set.DataSources.Find(d => d.Head.Name == metric.Source)?.Type);

    private static string Short(string text) => text.Length <= 120 ? text : text[..120] + "…";
}
