using System.Text.Json;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Incidents.Detection.Intake.Formats;

/// <param name="Reading">Null where the event is not valid.</param>
/// <param name="Errors">What is wrong with it, one sentence each, as PagerDuty writes them.</param>
public sealed record PagerDutyEvent(SignalReading? Reading, IReadOnlyList<string> Errors);

/// <summary>An event of PagerDuty's Events API v2, held to the rules that PagerDuty states for it.</summary>
public static class PagerDutyReader
{
    /// <summary>The key of the source that an event is for; null where it names none.</summary>
    public static string? RoutingKey(JsonElement body) => body.Text("routing_key");

    /// <param name="body">An event, or whatever it is.</param>
    /// <param name="newKey">The key of a trigger that brings none.</param>
    public static PagerDutyEvent Read(JsonElement body, string newKey)
    {
        var errors = new List<string>();
        var (payload, action, key) = (body.Get("payload"), body.Text("event_action"), body.Text("dedup_key"));
        if (action is null)
            errors.Add("'event_action' is missing or blank");
        else if (action is not ("trigger" or "acknowledge" or "resolve"))
            errors.Add("'event_action' is not one of 'trigger', 'acknowledge', 'resolve'");
        if (key is { Length: > Signal.MostKey })
            errors.Add("'dedup_key' is longer than 255 characters");
        else if (key is null && (action is "acknowledge" or "resolve"))
            errors.Add("'dedup_key' is missing or blank");
        var severity = SeverityWords.OfPagerDuty(payload.Text("severity"));
        if (action == "trigger")
        {
            foreach (var field in (string[])["summary", "source", "severity"])
            {
                if (string.IsNullOrWhiteSpace(payload.Text(field)))
                    errors.Add($"'payload.{field}' is missing or blank");
            }
            if (severity is null && payload.Text("severity") is not null)
                errors.Add("'payload.severity' is not one of 'critical', 'error', 'warning', 'info'");
        }
        return errors.Count > 0 ? new(null, errors) : new(Read(body, payload, action!, key ?? newKey, severity), []);
    }

    private static SignalReading Read(JsonElement body, JsonElement payload, string action, string key, SignalSeverity? severity)
    {
        var word = action switch { "acknowledge" => SignalWord.IsAcknowledged, "resolve" => SignalWord.IsResolved, _ => SignalWord.Fires };
        var named = (string[])["source", "component", "group", "class"];
        var labels = named.Select(n => KeyValuePair.Create(n, payload.Text(n) ?? "")).Where(l => l.Value.Length > 0).Concat(payload.Get("custom_details").Texts());
        return new SignalReading(
            word, SignalText.Key(key), SignalText.Title(payload.Text("summary"), key), severity ?? SignalSeverity.Error, SignalText.Labels(labels),
            SignalText.Description(payload.Get("custom_details").ValueKind == JsonValueKind.String ? payload.Text("custom_details") : null, Images(body)),
            SignalText.Link([body.Text("client_url"), .. body.Get("links").Items().Select(l => l.Text("href"))]), payload.Instant("timestamp"));
    }

    private static string? Images(JsonElement body) =>
        string.Join('\n', body.Get("images").Items().Select(i => i.Text("src")).OfType<string>().Select(src => $"Image: {src}")) is { Length: > 0 } text ? text : null;
}
