using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SloPortal.Domain.Measurement;

/// <summary>
/// Which series are meant: a PromQL instant selector such as <c>http_requests_total{code=~"2.."}</c>. All conditions must hold.
/// In JSON it is its PromQL text.
/// </summary>
[JsonConverter(typeof(AsText))]
public sealed class SeriesSelector : IEquatable<SeriesSelector>
{
    // Equality is the cheapest test and the most selective one, so it goes first.
    private readonly LabelMatcher[] _inOrderOfCost;

    private SeriesSelector(string? metricName, IReadOnlyList<LabelMatcher> matchers)
    {
        MetricName = metricName;
        Matchers = matchers;
        _inOrderOfCost = [.. matchers.OrderBy(m => m.Operator)];
    }

    /// <summary>The exact name of the metric, or null when only matchers decide.</summary>
    public string? MetricName { get; }

    /// <summary>The conditions on labels, in the order in which they were written.</summary>
    public IReadOnlyList<LabelMatcher> Matchers { get; }

    /// <summary>
    /// Makes a selector, or says in one sentence why it is refused: it must name a metric or hold at least one condition that a
    /// missing label does not fulfil, else it would select everything.
    /// </summary>
    public static bool TryCreate(
        string? metricName,
        IReadOnlyList<LabelMatcher> matchers,
        [NotNullWhen(true)] out SeriesSelector? selector,
        [NotNullWhen(false)] out string? problem)
    {
        selector = null;
        problem = null;
        if (string.IsNullOrEmpty(metricName) && matchers.All(m => m.Holds("")))
        {
            problem = "The selector would take every series; name a metric or add a condition such as job=\"api\".";
            return false;
        }

        selector = new SeriesSelector(string.IsNullOrEmpty(metricName) ? null : metricName, matchers);
        return true;
    }

    /// <summary>Reads PromQL text, or says in one sentence what is wrong and at which character (from 1).</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out SeriesSelector? selector,
        [NotNullWhen(false)] out string? problem) => SelectorParser.TryParse(text, out selector, out problem);

    /// <summary>Reads PromQL text that is known to be valid.</summary>
    /// <exception cref="FormatException">It is not; the message is the sentence of <see cref="TryParse"/>.</exception>
    public static SeriesSelector Parse(string text) =>
        TryParse(text, out var selector, out var problem) ? selector : throw new FormatException(problem);

    /// <summary>Whether the series with these labels is meant.</summary>
    public bool Selects(LabelSet labels)
    {
        if (MetricName is not null && !string.Equals(MetricName, labels.MetricName, StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var matcher in _inOrderOfCost)
        {
            if (!matcher.Holds(labels[matcher.Label]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Labels that every series which is meant has, each with its exact value; the name of the metric is one of them.</summary>
    public IEnumerable<KeyValuePair<string, string>> Required()
    {
        var equal = Matchers.Where(m => m is { Operator: MatchOperator.Equal, Value.Length: > 0 }).Select(m => KeyValuePair.Create(m.Label, m.Value));
        return MetricName is null ? equal : equal.Prepend(KeyValuePair.Create(LabelSet.MetricNameLabel, MetricName));
    }

    /// <summary>The same conditions for another metric, with one more condition where given.</summary>
    internal SeriesSelector For(string metricName, LabelMatcher? further = null) =>
        new(metricName, further is null ? Matchers : [.. Matchers, further]);

    /// <inheritdoc />
    public bool Equals(SeriesSelector? other) =>
        other is not null && MetricName == other.MetricName && Matchers.SequenceEqual(other.Matchers);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as SeriesSelector);

    /// <inheritdoc />
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The selector as PromQL text; reading it again gives an equal selector.</summary>
    public override string ToString()
    {
        var parts = Matchers.Select(m => m.ToString());
        if (MetricName is null)
        {
            return $"{{{string.Join(",", parts)}}}";
        }

        if (!PromText.IsPlainMetricName(MetricName))
        {
            return $"{{{string.Join(",", parts.Prepend(PromText.Quote(MetricName)))}}}";
        }

        return Matchers.Count == 0 ? MetricName : $"{MetricName}{{{string.Join(",", parts)}}}";
    }

    private sealed class AsText : JsonConverter<SeriesSelector>
    {
        public override SeriesSelector Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString() ?? "", out var selector, out var problem) ? selector : throw new JsonException(problem);

        public override void Write(Utf8JsonWriter writer, SeriesSelector value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
