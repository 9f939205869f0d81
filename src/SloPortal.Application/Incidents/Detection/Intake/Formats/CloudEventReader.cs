using System.Globalization;
using System.Text.Json;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Incidents.Detection.Intake.Formats;

/// <summary>
/// CloudEvents 1.0. Source and id name the delivery. What they do not say is what one thing that is wrong is: that is the event's
/// <c>dedupkey</c> or the data's <c>dedup_key</c>, or else source and subject, or else the event alone, which then nothing can end.
/// </summary>
internal static class CloudEventReader
{
    private static readonly string[] Ends = ["resolved", "resolve", "closed", "recovered", "ok", "cleared"];

    /// <summary>One event, with its attributes beside its data as in structured mode.</summary>
    public static Outcome<ReceivedSignal> Read(JsonElement cloudEvent) =>
        Read(name => cloudEvent.Text(name), cloudEvent.Text("data_base64") is { } encoded ? Decoded(encoded) : cloudEvent.Get("data"));

    /// <param name="attribute">An attribute by its name; null where it is missing.</param>
    /// <param name="data">Undefined where it has none or none in JSON.</param>
    public static Outcome<ReceivedSignal> Read(Func<string, string?> attribute, JsonElement data)
    {
        string[] missing = [.. ((string[])["id", "source", "specversion", "type"]).Where(a => string.IsNullOrWhiteSpace(attribute(a)))];
        if (missing.Length > 0)
            return Refusal.Invalid($"A CloudEvent needs the attribute {string.Join(" and ", missing.Select(m => $"\"{m}\""))}.");
        if (attribute("specversion") != "1.0")
            return Refusal.Invalid("Only CloudEvents 1.0 are taken; send specversion \"1.0\".");
        var (id, source, type, subject) = (attribute("id")!, attribute("source")!, attribute("type")!, attribute("subject"));
        var delivery = $"{source.Length}:{source}{id}";
        var named = attribute("dedupkey") ?? data.Text("dedup_key") ?? data.Text("dedupKey");
        var key = named ?? (subject is null ? delivery : $"{source.Length}:{source}#{subject}");
        var word = Word(type, data.Text("status") ?? data.Text("state"));
        var labels = Attributes(attribute, data);
        var time = Instant(attribute("time"));
        return new ReceivedSignal(
            new SignalReading(
                word, SignalText.Key(key), SignalText.Title(data.Text("title") ?? data.Text("summary") ?? data.Text("message") ?? (subject is null ? type : $"{type}: {subject}"), type),
                SeverityWords.Of(attribute("severity") ?? data.Text("severity")), labels, SignalText.Description(data.Text("description"), data.ValueKind == JsonValueKind.String ? data.Text() : null),
                SignalText.Link(data.Text("link"), data.Text("url"), attribute("source")), word == SignalWord.Fires ? time : null, word == SignalWord.IsResolved ? time : null),
            delivery);
    }

    /// <summary>What is encoded is looked into where it is JSON.</summary>
    private static JsonElement Decoded(string encoded)
    {
        try
        {
            using var document = JsonFields.Parse(Convert.FromBase64String(encoded));
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return default;
        }
    }

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.Year > 1 ? SignalText.Instant(at) : null;

    private static SignalWord Word(string type, string? status)
    {
        var last = (status ?? type.Split('.')[^1]).ToLowerInvariant();
        return Ends.Contains(last) ? SignalWord.IsResolved : last is "acknowledged" or "acknowledge" ? SignalWord.IsAcknowledged : SignalWord.Fires;
    }

    private static IReadOnlyDictionary<string, string> Attributes(Func<string, string?> attribute, JsonElement data)
    {
        var own = ((string[])["source", "type", "subject", "service"]).Select(n => KeyValuePair.Create(n, attribute(n) ?? "")).Where(l => l.Value.Length > 0);
        // Labels say more than the rest of the data, so they come last and win.
        return SignalText.Labels([.. own, .. data.Texts().Where(d => d.Key is not ("labels" or "title" or "summary" or "message" or "description")), .. data.Get("labels").Texts()]);
    }
}
