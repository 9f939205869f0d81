using System.Globalization;
using System.Text.Json;

namespace SloPortal.Application.Incidents.Detection.Intake.Formats;

/// <summary>Reads JSON of others: what is missing or of another type is not there, what is unknown is not looked at.</summary>
internal static class JsonFields
{
    /// <summary>Deep enough for every format that is taken; deeper is an attempt on the parser.</summary>
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body) => JsonDocument.Parse(body, Options);

    /// <summary>The member; an undefined element where there is none.</summary>
    public static JsonElement Get(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    /// <summary>A text, or a figure or a yes or no as text; null for all else and for an empty text.</summary>
    public static string? Text(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => TextOf(element) is { Length: > 0 } text ? text : null,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        _ => null,
    };

    public static string? Text(this JsonElement element, string name) => element.Get(name).Text();

    /// <summary>An instant of ISO 8601 with an offset; the year 1, with which Go writes that there is none, is none.</summary>
    public static DateTimeOffset? Instant(this JsonElement element, string name) =>
        DateTimeOffset.TryParse(element.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.Year > 1 ? SignalText.Instant(at) : null;

    /// <summary>The members as texts; what is nested is written as JSON.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Texts(this JsonElement element) => element.ValueKind != JsonValueKind.Object ? [] :
        element.EnumerateObject().Where(m => m.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
            .Select(m => KeyValuePair.Create(m.Name, m.Value.ValueKind == JsonValueKind.String ? TextOf(m.Value) : m.Value.GetRawText()));

    public static IEnumerable<JsonElement> Items(this JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

    // Half a character, as "\ud800" writes one, makes GetString fail.
    private static string TextOf(JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return element.GetRawText().Trim('"');
        }
    }
}
