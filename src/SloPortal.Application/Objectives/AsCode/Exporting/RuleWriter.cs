using System.Globalization;
using System.Text;
using SloPortal.Application.Objectives.AsCode.Sloth;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Application.Objectives.AsCode.Exporting;

/// <summary>Writes rules of Prometheus for the objectives that it can evaluate, and names the others with the reason.</summary>
internal static class RuleWriter
{
    private static readonly Dictionary<string, string> None = [];

    private static readonly RuleOrigin Origin = new(None, new Dictionary<string, string> { ["sloth_mode"] = "sloportal", ["sloth_spec"] = SlothSpec.Version, ["sloth_version"] = "0.16" });

    public static string Write(IReadOnlyList<ExportedService> services, bool countsEvents)
    {
        var groups = new List<PrometheusGroup>();
        var text = new StringBuilder();
        foreach (var (service, objective) in services.SelectMany(s => s.Objectives.Select(o => (s.Service.Slug, o))))
        {
            if (Reason(objective) is { } reason)
                text.Append(CultureInfo.InvariantCulture, $"# {service}/{objective.Objective.Slug} is left out: {reason}\n");
            else
                groups.AddRange(BurnRules.Of(Subject(service, objective), Origin, countsEvents));
        }
        return text.Append(RuleFile.Write(groups)).ToString();
    }

    private static string? Reason(ExportedObjective objective) =>
        objective.Sli.Definition is PushedRatio ? "its counts are pushed to the portal, and Prometheus has no series of them."
        : objective.Sli.Definition is Composite ? "it is a journey over several SLIs, and these rules have one."
        : objective.Method is not Occurrences ? $"it counts {objective.Method.Phrase}, and these rules count events."
        : objective.Externals == ExternalFailures.LeftOut ? "it leaves out failures of vendors, and Prometheus knows of none."
        : objective.Window is not RollingWindow ? "Prometheus has no calendar, and its window is one of the calendar."
        : null;

    private static RuleSubject Subject(string service, ExportedObjective exported)
    {
        var (error, total) = Queries(exported.Sli.Definition);
        var alert = new BurnAlert("ErrorBudgetBurn", None, new Dictionary<string, string> { ["objective"] = exported.Objective.Name });
        return new RuleSubject(service, exported.Objective.Slug, (double)exported.Target.Percent, ((RollingWindow)exported.Window).Days, error, total, None, alert, alert);
    }

    /// <summary>Bad events and all events in a window.</summary>
    private static (string Error, string Total) Queries(SliDefinition definition)
    {
        static string Rate(SeriesSelector selector) => $"sum(rate({selector}[{{{{.window}}}}]))";
        switch (definition)
        {
            case CounterRatio { Bad: { } bad } ratio:
                // A bad series that never was is no bad event, and not no data.
                return ($"({Rate(bad)} or vector(0))", Rate(ratio.Total));
            case CounterRatio ratio:
                return ($"{Rate(ratio.Total)} - ({Rate(ratio.Good!)} or vector(0))", Rate(ratio.Total));
            case HistogramThreshold histogram:
                var (good, total) = (histogram.Selectors()[0], histogram.Selectors()[1]);
                return ($"{Rate(total)} - ({Rate(good)} or vector(0))", Rate(total));
            case GaugeThreshold gauge:
                var threshold = gauge.Threshold.ToString("R", CultureInfo.InvariantCulture);
                var held = $"sum(sum_over_time(({gauge.Gauge} {gauge.Operator.Sign()} bool {threshold})[{{{{.window}}}}:]))";
                var all = $"sum(count_over_time(({gauge.Gauge})[{{{{.window}}}}:]))";
                return ($"{all} - {held}", all);
            default:
                throw new ArgumentOutOfRangeException(nameof(definition), definition, null);
        }
    }
}
