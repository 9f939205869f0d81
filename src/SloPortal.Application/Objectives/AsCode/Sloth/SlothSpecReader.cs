using SloPortal.Application.Objectives.AsCode.Reading;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.AsCode.Sloth;

/// <summary>Reads a spec of Sloth (<c>version: prometheus/v1</c>).</summary>
internal static class SlothSpecReader
{
    private const int Days = 30;

    public static SlothSpec? Read(CodeMap map, string file, Findings findings)
    {
        var fields = new FieldReader(map, map.Line, "The spec", file, findings);
        fields.Take("version");
        var service = fields.Required("service") ?? "";
        var labels = fields.Texts("labels", lists: false);
        var nodes = fields.List("slos");
        if (nodes.Count == 0)
            findings.Refuse(file, fields.LineOf("slos"), "The spec lacks \"slos\".");
        if (fields.Has("slo_plugins"))
            findings.Warn(file, fields.LineOf("slo_plugins"), "Plugins of Sloth are not run.");
        fields.NoOthers();
        return new SlothSpec(map.Line, service, [.. nodes.Select(n => ReadSlo(n, service, labels, file, findings)).OfType<SlothSlo>()]);
    }

    private static SlothSlo? ReadSlo(CodeNode node, string service, IReadOnlyDictionary<string, string> labels, string file, Findings findings)
    {
        var slo = FieldReader.Of(node, "The objective", file, findings);
        var name = slo.Required("name") ?? "";
        var percent = slo.Number("objective");
        if (percent is null && !slo.Has("objective"))
            findings.Refuse(file, slo.Line, "The objective lacks \"objective\", its target in percent.");
        else if (percent is { } given && ObjectiveTarget.RefusalFor(given) is { } refusal)
            findings.Refuse(file, slo.LineOf("objective"), refusal);
        var description = slo.Text("description") ?? "";
        var own = slo.Texts("labels", lists: false);
        var (error, total, line) = Queries(slo, file, findings);
        var (page, ticket) = Alerts(slo, file, findings);
        if (slo.Has("plugins"))
            findings.Warn(file, slo.LineOf("plugins"), "Plugins of Sloth are not run.");
        slo.NoOthers();
        return percent is null || error is null ? null
            : new SlothSlo(slo.Line, line, description, percent.Value, new RuleSubject(service, name, (double)percent.Value, Days, error, total, Join(labels, own), page, ticket));
    }

    private static (string? Error, string? Total, int Line) Queries(FieldReader slo, string file, Findings findings)
    {
        var sli = slo.Map("sli", "The SLI");
        var events = sli?.Map("events", "The events");
        var raw = sli?.Map("raw", "The raw SLI");
        if (sli?.Has("plugin") == true)
            findings.Refuse(file, sli.LineOf("plugin"), "An SLI made by a plugin of Sloth cannot be read. Give its queries.");
        else if (sli is null || events is null == raw is null)
            findings.Refuse(file, slo.LineOf("sli"), "An SLI has either \"events\" or \"raw\".");
        sli?.NoOthers();
        if (events is not null)
        {
            var (error, total) = (events.Required("error_query", 20_000), events.Required("total_query", 20_000));
            events.NoOthers();
            return total is null ? (null, null, events.Line) : (error, total, events.LineOf("error_query"));
        }
        var ratio = raw?.Required("error_ratio_query", 20_000);
        raw?.NoOthers();
        return (ratio, null, raw?.LineOf("error_ratio_query") ?? slo.Line);
    }

    private static (BurnAlert? Page, BurnAlert? Ticket) Alerts(FieldReader slo, string file, Findings findings)
    {
        if (slo.Map("alerting", "The alerting") is not { } alerting)
            return (null, null);
        var name = alerting.Text("name") ?? "";
        var (labels, annotations) = (alerting.Texts("labels", lists: false), alerting.Texts("annotations", lists: false));
        BurnAlert? One(string field)
        {
            if (alerting.Map(field, $"The alert \"{field}\"") is not { } alert)
                return new BurnAlert(name, labels, annotations);
            var isOff = alert.Flag("disable") == true;
            var own = new BurnAlert(name, Join(labels, alert.Texts("labels", lists: false)), Join(annotations, alert.Texts("annotations", lists: false)));
            alert.NoOthers();
            return isOff ? null : own;
        }
        var (page, ticket) = (One("page_alert"), One("ticket_alert"));
        alerting.NoOthers();
        if (name.Length == 0 && (page ?? ticket) is not null)
            findings.Refuse(file, alerting.Line, "The alerting lacks \"name\".");
        return (page, ticket);
    }

    private static Dictionary<string, string> Join(IReadOnlyDictionary<string, string> first, IReadOnlyDictionary<string, string> then)
    {
        var joined = new Dictionary<string, string>(first, StringComparer.Ordinal);
        foreach (var (name, value) in then)
            joined[name] = value;
        return joined;
    }
}
