using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SloPortal.Domain.Measurement;

/// <summary>The labels of one series, sorted by name, without empty values: the identity of the series within its source.</summary>
public sealed class LabelSet : IEquatable<LabelSet>
{
    /// <summary>The label that holds the name of the metric.</summary>
    public const string MetricNameLabel = "__name__";

    /// <summary>
    /// The label of series whose samples each say what was counted since the one before, with the value <see cref="Delta"/>. Series
    /// without it hold running totals. Part of the identity, so that both forms of a series stay apart.
    /// </summary>
    public const string TemporalityLabel = "__temporality__";

    /// <summary>The value of <see cref="TemporalityLabel"/>.</summary>
    public const string Delta = "delta";

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly KeyValuePair<string, string>[] _labels;

    private LabelSet(KeyValuePair<string, string>[] sorted) => _labels = sorted;

    /// <summary>The labels, sorted by name (ordinal).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels => _labels;

    /// <summary>The name of the metric, or the empty string.</summary>
    public string MetricName => this[MetricNameLabel];

    /// <summary>Whether each sample of the series is an increase by itself.</summary>
    public bool IsDelta => this[TemporalityLabel] == Delta;

    /// <summary>The value of a label; the empty string when it is missing, which means the same in Prometheus.</summary>
    public string this[string name]
    {
        get
        {
            foreach (var label in _labels)
            {
                if (string.Equals(label.Key, name, StringComparison.Ordinal))
                {
                    return label.Value;
                }
            }

            return "";
        }
    }

    /// <summary>Sorts the labels and drops empty values.</summary>
    /// <exception cref="ArgumentException">A name occurs twice.</exception>
    public static LabelSet Of(IEnumerable<KeyValuePair<string, string>> labels)
    {
        var sorted = labels.Where(l => l.Value.Length > 0).OrderBy(l => l.Key, StringComparer.Ordinal).ToArray();
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Key == sorted[i - 1].Key)
            {
                throw new ArgumentException($"The label {sorted[i].Key} occurs twice.", nameof(labels));
            }
        }

        return new LabelSet(sorted);
    }

    /// <summary>Takes labels over that are sorted by name (ordinal), with each name once and no empty value, as those of a label set are.</summary>
    public static LabelSet OfSorted(KeyValuePair<string, string>[] labels) => new(labels);

    /// <summary>A label set from its metric name and pairs of name and value.</summary>
    public static LabelSet Of(string metricName, params (string Name, string Value)[] labels) =>
        Of(labels.Select(l => KeyValuePair.Create(l.Name, l.Value)).Prepend(KeyValuePair.Create(MetricNameLabel, metricName)));

    /// <summary>Reads the text that <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">The text is no JSON object of strings.</exception>
    public static LabelSet FromJson(string json) =>
        Of(JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? throw new JsonException("Labels must be an object."));

    /// <summary>One JSON object with the names in order: equal sets give equal text.</summary>
    public string ToJson()
    {
        var text = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(text, Json))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in _labels)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <inheritdoc />
    public bool Equals(LabelSet? other) => other is not null && _labels.AsSpan().SequenceEqual(other._labels);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (name, value) in _labels)
        {
            hash.Add(name, StringComparer.Ordinal);
            hash.Add(value, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    /// <summary>The series as Prometheus writes it, such as <c>up{job="api"}</c>.</summary>
    public override string ToString()
    {
        var name = MetricName;
        var rest = _labels.Where(l => l.Key != MetricNameLabel).Select(l => $"{PromText.LabelName(l.Key)}={PromText.Quote(l.Value)}");
        var braces = string.Join(",", rest);
        return braces.Length == 0 ? name : $"{name}{{{braces}}}";
    }
}
