using YamlDotNet.Serialization;

namespace SloPortal.Application.Objectives.AsCode.Sloth;

/// <summary>Writes groups of rules as the file that Prometheus reads.</summary>
public static class RuleFile
{
    private static readonly ISerializer Yaml = new SerializerBuilder().WithQuotingNecessaryStrings().Build();

    /// <param name="interval">Between two evaluations, such as "30s"; null leaves it to the server.</param>
    public static string Write(IEnumerable<PrometheusGroup> groups, string? interval = null) =>
        Yaml.Serialize(new Dictionary<string, object> { ["groups"] = groups.Select(g => Group(g, interval)).ToList() });

    private static Dictionary<string, object> Group(PrometheusGroup group, string? interval)
    {
        var written = new Dictionary<string, object> { ["name"] = group.Name };
        if (interval is not null)
            written["interval"] = interval;
        written["rules"] = group.Rules.Select(Rule).ToList();
        return written;
    }

    private static Dictionary<string, object> Rule(PrometheusRule rule)
    {
        var written = new Dictionary<string, object> { [rule.Record is null ? "alert" : "record"] = rule.Record ?? rule.Alert!, ["expr"] = rule.Expr };
        if (rule.Labels.Count > 0)
            written["labels"] = Ordered(rule.Labels);
        if (rule.Annotations.Count > 0)
            written["annotations"] = Ordered(rule.Annotations);
        return written;
    }

    private static Dictionary<string, object> Ordered(IReadOnlyDictionary<string, string> texts) =>
        texts.OrderBy(t => t.Key, StringComparer.Ordinal).ToDictionary(t => t.Key, t => (object)t.Value);
}
