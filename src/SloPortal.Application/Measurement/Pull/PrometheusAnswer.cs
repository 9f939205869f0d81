using System.Globalization;
using System.Text.Json;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Pull;

/// <summary>Reads the JSON of the Prometheus query API (prometheus.io/docs/prometheus/latest/querying/api, "Format overview").</summary>
internal static class PrometheusAnswer
{
    /// <summary>The series of a matrix. Series without a float sample are left out; native histograms are not read.</summary>
    /// <exception cref="JsonException">It is not such an answer.</exception>
    public static List<SeriesSamples> Matrix(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var series = new List<SeriesSamples>();
        var found = false;
        Expect(ref reader, JsonTokenType.StartObject);
        while (NextProperty(ref reader) is { } name)
        {
            if (name != "data")
            {
                reader.Skip();
                continue;
            }
            Expect(reader.TokenType == JsonTokenType.StartObject);
            while (NextProperty(ref reader) is { } part)
            {
                if (part == "resultType")
                    Expect(reader.GetString() == "matrix");
                else if (part == "result")
                    found = Series(ref reader, series);
                else
                    reader.Skip();
            }
        }
        Expect(found);
        return series;
    }

    /// <summary>The strings of <c>data</c>, as label names and values are answered.</summary>
    /// <exception cref="JsonException">It is not such an answer.</exception>
    public static List<string> Strings(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        if (!document.RootElement.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
            throw new JsonException("There is no list of names in the answer.");
        return [.. data.EnumerateArray().Select(v => v.GetString() ?? "")];
    }

    /// <summary>The server's own sentence about what went wrong; null where there is none.</summary>
    public static string? Error(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("error", out var error) ? error.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Series(ref Utf8JsonReader reader, List<SeriesSamples> into)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var labels = new List<KeyValuePair<string, string>>();
            var samples = new List<RawSample>();
            while (NextProperty(ref reader) is { } name)
            {
                if (name == "metric")
                {
                    Expect(reader.TokenType == JsonTokenType.StartObject);
                    while (NextProperty(ref reader) is { } label)
                        labels.Add(KeyValuePair.Create(label, reader.GetString() ?? ""));
                }
                else if (name == "values")
                {
                    Samples(ref reader, samples);
                }
                else
                {
                    reader.Skip();
                }
            }
            if (samples.Count > 0)
                into.Add(new SeriesSamples(LabelSet.Of(labels), samples));
        }
        return true;
    }

    private static void Samples(ref Utf8JsonReader reader, List<RawSample> into)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            Expect(ref reader, JsonTokenType.Number);
            // Seconds with three decimals: the nearest millisecond is the one that was meant.
            var time = (long)Math.Round(reader.GetDouble() * 1000);
            Expect(ref reader, JsonTokenType.String);
            into.Add(new RawSample(time, Number(reader.GetString()!)));
            Expect(ref reader, JsonTokenType.EndArray);
        }
    }

    private static double Number(string text) => text switch
    {
        "NaN" => double.NaN,
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw new JsonException($"\"{text}\" is no value."),
    };

    /// <summary>Stands on the value of the next property of an object, and gives its name; null at the end.</summary>
    private static string? NextProperty(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
            return null;
        var name = reader.GetString();
        Expect(reader.Read());
        return name;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type) => Expect(reader.Read() && reader.TokenType == type);

    private static void Expect(bool holds)
    {
        if (!holds)
            throw new JsonException("The answer is not that of the Prometheus query API.");
    }
}
