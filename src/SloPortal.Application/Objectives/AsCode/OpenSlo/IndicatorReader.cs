using SloPortal.Application.Objectives.AsCode.Reading;

namespace SloPortal.Application.Objectives.AsCode.OpenSlo;

/// <summary>Reads what an SLI measures.</summary>
internal static class IndicatorReader
{
    /// <summary>An SLI that stands inside an SLO.</summary>
    /// <param name="fallback">The name of the SLO, for one that has none.</param>
    public static Indicator? ReadInline(FieldReader fields, ObjectHead fallback, string file, bool isNext, Findings findings)
    {
        var head = fields.Has("metadata")
            ? ObjectReader.Metadata(fields, "SLI", file, isNext, findings)
            : fallback with { Line = fields.Line, Kind = "SLI", Annotations = new Dictionary<string, string>() };
        fields.Take("apiVersion");
        fields.Take("kind");
        var spec = fields.Map("spec", "The SLI");
        fields.NoOthers();
        if (spec is null)
        {
            findings.Refuse(file, fields.Line, "The SLI lacks \"spec\".");
            return null;
        }
        return Read(head with { Description = ObjectReader.Description(spec, file, findings) }, spec, file, isNext, findings);
    }

    public static Indicator? Read(ObjectHead head, FieldReader spec, string file, bool isNext, Findings findings)
    {
        var threshold = spec.Map("thresholdMetric", "The threshold metric");
        var ratio = spec.Map("ratioMetric", "The ratio metric");
        spec.NoOthers();
        if (threshold is null == ratio is null)
        {
            findings.Refuse(file, spec.Line, "An SLI has either \"thresholdMetric\" or \"ratioMetric\".");
            return null;
        }
        return threshold is not null
            ? new Indicator(head, Metric(threshold, file, isNext, findings), null, null, null, null, null)
            : Ratio(head, ratio!, file, isNext, findings);
    }

    private static Indicator? Ratio(ObjectHead head, FieldReader ratio, string file, bool isNext, Findings findings)
    {
        var counter = ratio.Flag("counter");
        var kind = ratio.Word("rawType", "success", "failure");
        var parts = new[] { "good", "bad", "total", "raw" }.ToDictionary(p => p, p => ratio.Map(p, $"The metric \"{p}\"") is { } part ? Metric(part, file, isNext, findings) : null);
        ratio.NoOthers();
        var (good, bad, total, raw) = (parts["good"], parts["bad"], parts["total"], parts["raw"]);
        if (raw is not null)
        {
            if (good is not null || bad is not null || total is not null)
                findings.Refuse(file, ratio.Line, "A ratio is either \"raw\" or made of \"total\" with \"good\" or \"bad\", not both.");
            if (kind is null)
                findings.Refuse(file, ratio.Line, "A raw ratio says in \"rawType\" whether it is of success or of failure.");
        }
        else if (total is null || good is null == bad is null)
        {
            findings.Refuse(file, ratio.Line, "A ratio has \"total\" and one of \"good\" and \"bad\".");
            return null;
        }
        else if (kind is not null)
        {
            findings.Warn(file, ratio.LineOf("rawType"), "\"rawType\" belongs to a raw ratio and is left out.");
        }
        return new Indicator(head, null, good, bad, total, raw, counter);
    }

    private static Metric Metric(FieldReader metric, string file, bool isNext, Findings findings)
    {
        var line = metric.Line;
        if (!isNext)
        {
            var source = metric.Map("metricSource", "The metric source");
            metric.NoOthers();
            if (source is null)
            {
                findings.Refuse(file, line, "The metric lacks \"metricSource\".");
                return new Metric(line, null, null, null);
            }
            metric = source;
        }
        var name = metric.Text(isNext ? "dataSourceRef" : "metricSourceRef");
        var type = isNext ? metric.Map("dataSourceSpec", "The data source") is { } inline ? TypeOf(inline) : null : metric.Text("type");
        var spec = metric.Take("spec");
        metric.NoOthers();
        var query = spec is CodeMap map ? map.Find("query") ?? map.Find("promql") : null;
        return new Metric(query?.Line ?? spec?.Line ?? line, name, type, (query as CodeText)?.Value);
    }

    private static string? TypeOf(FieldReader source)
    {
        source.Take("connectionDetails");
        source.Take("description");
        return source.Text("type");
    }
}
