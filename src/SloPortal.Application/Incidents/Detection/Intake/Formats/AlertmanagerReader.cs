using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Incidents.Detection.Intake.Formats;

/// <summary>
/// Alerts as Alertmanager's webhook (version 4) and Grafana's send them, and as Prometheus posts them to <c>/api/v2/alerts</c>. An alert is named
/// by its labels, so that one that comes both ways is one.
/// </summary>
internal static class AlertmanagerReader
{
    /// <summary>How long an alert lasts that says no end and is not sent again: Alertmanager's own resolve_timeout.</summary>
    private static readonly TimeSpan ResolveTimeout = TimeSpan.FromMinutes(5);

    /// <summary>A webhook: an object with alerts.</summary>
    public static Outcome<List<SignalReading>> Webhook(JsonElement body)
    {
        if (body.Get("alerts").ValueKind == JsonValueKind.Array)
            return body.Get("alerts").Items().Where(a => a.ValueKind == JsonValueKind.Object).Select(a => OfWebhook(a, body)).ToList();
        return LegacyGrafana(body) is { } one
            ? new List<SignalReading> { one }
            : Refusal.Invalid("The body has no list \"alerts\". Send what Alertmanager or Grafana posts to a webhook.");
    }

    /// <summary>The API of Alertmanager: a list of alerts that are posted again while they fire.</summary>
    public static Outcome<List<SignalReading>> Posted(JsonElement body, DateTimeOffset now) => body.ValueKind == JsonValueKind.Array
        ? body.Items().Where(a => a.ValueKind == JsonValueKind.Object).Select(a => OfPosted(a, now)).ToList()
        : Refusal.Invalid("The body is no list of alerts, which is what /api/v2/alerts takes.");

    private static SignalReading OfWebhook(JsonElement alert, JsonElement body)
    {
        var status = alert.Text("status") ?? body.Text("status");
        var resolved = string.Equals(status, "resolved", StringComparison.OrdinalIgnoreCase);
        // While it fires its end is of the year 1, or a guess about the future: no end either way.
        return Read(alert, resolved ? SignalWord.IsResolved : SignalWord.Fires, resolved ? alert.Instant("endsAt") : null, null);
    }

    private static SignalReading OfPosted(JsonElement alert, DateTimeOffset now)
    {
        var ends = alert.Instant("endsAt");
        return ends <= now ? Read(alert, SignalWord.IsResolved, ends, null) : Read(alert, SignalWord.Fires, null, ends ?? now + ResolveTimeout);
    }

    private static SignalReading Read(JsonElement alert, SignalWord word, DateTimeOffset? ended, DateTimeOffset? expires)
    {
        var labels = SignalText.Labels(alert.Get("labels").Texts());
        var annotations = alert.Get("annotations");
        var name = labels.GetValueOrDefault("alertname");
        var runbook = annotations.Text("runbook_url") is { } address ? $"Runbook: {address}" : null;
        return new SignalReading(
            word, KeyOf(alert.Get("labels")), SignalText.Title(annotations.Text("summary") ?? annotations.Text("title") ?? name, "An alert without a name"),
            SeverityWords.Of(labels.GetValueOrDefault("severity")), labels,
            SignalText.Description(annotations.Text("description") ?? annotations.Text("message"), alert.Text("valueString"), runbook),
            SignalText.Link(alert.Text("panelURL"), alert.Text("dashboardURL"), alert.Text("generatorURL")),
            alert.Instant("startsAt"), ended, expires, NamesEpisode: true);
    }

    /// <summary>A hash over all labels, with their lengths in front so that no two sets share a text.</summary>
    private static string KeyOf(JsonElement labels)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in labels.Texts().OrderBy(l => l.Key, StringComparer.Ordinal))
            text.Append(name.Length).Append(':').Append(name).Append(value.Length).Append(':').Append(value);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Grafana before its alerts had labels (8 and older): one rule and its state.</summary>
    private static SignalReading? LegacyGrafana(JsonElement body)
    {
        if (body.Text("state") is not { } state || (body.Text("ruleId") ?? body.Text("ruleName")) is not { } rule)
            return null;
        var word = state is "ok" or "paused" ? SignalWord.IsResolved : SignalWord.Fires;
        return new SignalReading(
            word, SignalText.Key($"rule/{rule}"), SignalText.Title(body.Text("title") ?? body.Text("ruleName"), "A rule of Grafana"),
            SeverityWords.Of(body.Get("tags").Text("severity")), SignalText.Labels([.. body.Get("tags").Texts(), KeyValuePair.Create("alertname", body.Text("ruleName") ?? rule)]),
            SignalText.Description(body.Text("message")), SignalText.Link(body.Text("ruleUrl")));
    }
}
