using System.Text.Json;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Detection.Intake.Formats;

/// <summary>What the bodies of the formats say, for whoever has the request in hand.</summary>
public static class ReadSignals
{
    /// <exception cref="JsonException">It is no JSON, or deeper than anything that is taken.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body) => JsonFields.Parse(body);

    /// <summary>A webhook of Alertmanager or Grafana.</summary>
    public static Outcome<IReadOnlyList<ReceivedSignal>> OfWebhook(JsonElement body) => Named(AlertmanagerReader.Webhook(body));

    /// <summary>What Prometheus posts to the API of Alertmanager.</summary>
    public static Outcome<IReadOnlyList<ReceivedSignal>> OfPosted(JsonElement body, DateTimeOffset now) => Named(AlertmanagerReader.Posted(body, now));

    /// <summary>One CloudEvent in structured mode, or a list of them; all of them or the first thing that is wrong.</summary>
    public static Outcome<IReadOnlyList<ReceivedSignal>> OfCloudEvents(JsonElement body)
    {
        var signals = new List<ReceivedSignal>();
        foreach (var cloudEvent in body.ValueKind == JsonValueKind.Array ? body.Items() : [body])
        {
            var read = CloudEventReader.Read(cloudEvent);
            if (!read.Succeeded)
                return read.Refusal;
            signals.Add(read.Value);
        }
        return signals;
    }

    /// <summary>A CloudEvent in binary mode: its attributes are headers, and the body is its data.</summary>
    public static Outcome<IReadOnlyList<ReceivedSignal>> OfCloudEvent(Func<string, string?> attribute, JsonElement data)
    {
        var read = CloudEventReader.Read(attribute, data);
        return read.Succeeded ? new List<ReceivedSignal> { read.Value } : read.Refusal;
    }

    private static Outcome<IReadOnlyList<ReceivedSignal>> Named(Outcome<List<Domain.Incidents.Detection.Intake.SignalReading>> readings) =>
        readings.Succeeded ? readings.Value.ConvertAll(r => new ReceivedSignal(r)) : readings.Refusal;
}
