using System.Globalization;
using System.Text;
using SloPortal.Application.Objectives.AsCode.OpenSlo;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;
using YamlDotNet.Serialization;

namespace SloPortal.Application.Objectives.AsCode.Exporting;

/// <summary>
/// Writes OpenSLO v1. What OpenSLO has no field for stands in annotations of the portal; addresses and secrets of sources are not written.
/// The SLI stands inside its SLO, since OpenSLO's own SLIs know no service.
/// </summary>
internal static class OpenSloWriter
{
    private static readonly ISerializer Yaml = new SerializerBuilder().WithQuotingNecessaryStrings().Build();

    public static string Write(IEnumerable<ExportedService> services)
    {
        var text = new StringBuilder();
        foreach (var service in services)
        {
            Append(text, Object("Service", Metadata(service.Service.Slug, service.Service.Name, [("tier", Word(service.Service.Tier)), ("team", service.Team)]), new() { ["description"] = service.Service.Description }));
            foreach (var objective in service.Objectives)
            {
                if (objective.Sli.Definition is Composite)
                    text.Append(CultureInfo.InvariantCulture, $"# {service.Service.Slug}/{objective.Objective.Slug} is left out: OpenSLO has no SLI that is a journey over other SLIs.\n");
                else
                    Append(text, Slo(service.Service.Slug, objective));
            }
        }
        return text.Length == 0 ? "# There is no objective to export.\n" : text.ToString();
    }

    private static Dictionary<string, object> Slo(string service, ExportedObjective exported)
    {
        var objective = exported.Objective;
        var target = new Dictionary<string, object>();
        if (exported.Sli.Definition is GaugeThreshold gauge)
        {
            target["op"] = gauge.Operator switch { ThresholdOperator.Below => "lt", ThresholdOperator.AtMost => "lte", ThresholdOperator.Above => "gt", _ => "gte" };
            target["value"] = gauge.Threshold;
        }
        target["targetPercent"] = exported.Target.Percent;
        if (exported.Method is TimeSlices slices)
            target["timeSliceTarget"] = slices.SliceTarget.Ratio;
        if (exported.Method is not Occurrences)
            target["timeSliceWindow"] = string.Create(CultureInfo.InvariantCulture, $"{exported.Method.Step.TotalMinutes}m");
        return Object("SLO",
            Metadata(objective.Slug, objective.Name, [("owner", exported.Owner), ("stakeholder", exported.Stakeholder), ("rationale", exported.Rationale), ("externals", ExternalsText.Of(exported.Externals))]),
            new()
            {
                ["description"] = objective.Description,
                ["service"] = service,
                ["indicator"] = Indicator(exported),
                ["timeWindow"] = new[] { Window(exported.Window) },
                ["budgetingMethod"] = exported.Method switch { TimeSlices => "Timeslices", RatioTimeSlices => "RatioTimeslices", _ => "Occurrences" },
                ["objectives"] = new[] { target },
            });
    }

    private static Dictionary<string, object> Indicator(ExportedObjective exported)
    {
        var sli = exported.Sli;
        Dictionary<string, object> Metric(string query, bool isPushed = false) =>
            new() { ["metricSource"] = new Dictionary<string, object> { ["type"] = isPushed ? SliMapping.PushedType : "Prometheus", ["spec"] = new Dictionary<string, object> { ["query"] = query } } };
        Dictionary<string, object> Ratio(string part, string query, string total, bool isPushed = false) => new()
        {
            ["ratioMetric"] = new Dictionary<string, object> { ["counter"] = true, [part] = Metric(query, isPushed), ["total"] = Metric(total, isPushed) },
        };
        var spec = sli.Definition switch
        {
            CounterRatio ratio => Ratio(ratio.Good is null ? "bad" : "good", (ratio.Good ?? ratio.Bad)!.ToString(), ratio.Total.ToString()),
            HistogramThreshold histogram => Ratio("good", histogram.Selectors()[0].ToString(), histogram.Selectors()[1].ToString()),
            GaugeThreshold gauge => new() { ["thresholdMetric"] = Metric(gauge.Gauge.ToString()) },
            PushedRatio => Ratio("good", "good", "total", isPushed: true),
            _ => throw new ArgumentOutOfRangeException(nameof(exported), sli.Definition, null),
        };
        spec["description"] = sli.Description;
        var bound = sli.Definition is HistogramThreshold h ? Number(h.UpperBound) : null;
        return new() { ["metadata"] = Metadata(sli.Slug, sli.Name, [("source", exported.Source), ("histogram", bound)]), ["spec"] = spec };
    }

    private static Dictionary<string, object> Window(SloWindow window) => window switch
    {
        RollingWindow rolling => new() { ["duration"] = string.Create(CultureInfo.InvariantCulture, $"{rolling.Days}d"), ["isRolling"] = true },
        CalendarWindow calendar => new()
        {
            ["duration"] = calendar.Period switch { CalendarPeriod.Week => "1w", CalendarPeriod.Month => "1M", _ => "1Q" },
            // A Monday that begins a month and a quarter.
            ["calendar"] = new Dictionary<string, object> { ["startTime"] = "2024-01-01 00:00:00", ["timeZone"] = calendar.TimeZone },
            ["isRolling"] = false,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(window), window, null),
    };

    private static Dictionary<string, object> Metadata(string name, string title, (string Name, string? Value)[] annotations)
    {
        var metadata = new Dictionary<string, object> { ["name"] = name, ["displayName"] = title };
        var own = annotations.Where(a => !string.IsNullOrEmpty(a.Value)).ToDictionary(a => ObjectHead.Prefix + a.Name, a => (object)a.Value!);
        if (own.Count > 0)
            metadata["annotations"] = own;
        return metadata;
    }

    private static Dictionary<string, object> Object(string kind, Dictionary<string, object> metadata, Dictionary<string, object> spec) =>
        new() { ["apiVersion"] = "openslo/v1", ["kind"] = kind, ["metadata"] = metadata, ["spec"] = spec };

    private static void Append(StringBuilder text, Dictionary<string, object> written) => text.Append("---\n").Append(Yaml.Serialize(written));

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Word(Domain.Catalog.ServiceTier tier) => tier.ToString().ToLowerInvariant();
}
