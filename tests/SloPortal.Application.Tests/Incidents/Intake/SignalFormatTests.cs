using System.Text;
using System.Text.Json;
using SloPortal.Application.Incidents.Detection.Intake;
using SloPortal.Application.Incidents.Detection.Intake.Formats;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Tests.Incidents.Intake;

/// <summary>What the bodies of senders mean, without a database.</summary>
public sealed class SignalFormatTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Alertmanager_EndOfTheYearOne_IsNoEnd()
    {
        var signals = Webhook("""
            {"version": "4", "groupKey": "{}:{}", "truncatedAlerts": 0, "status": "firing", "receiver": "r", "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {}, "externalURL": "http://a", "routeLabels": {"new": "field"},
             "alerts": [{"status": "firing", "labels": {"alertname": "HighErrors", "severity": "page", "service": "checkout"}, "annotations": {"summary": "Many errors", "description": "5 % fail", "runbook_url": "https://r/1"},
               "startsAt": "2026-11-10T11:59:30.123456789Z", "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "http://prometheus/graph", "fingerprint": "c0ffee"}]}
            """);

        var one = Assert.Single(signals);
        Assert.Equal((SignalWord.Fires, "Many errors", SignalSeverity.Critical), (one.Word, one.Title, one.Severity));
        Assert.Equal("5 % fail\n\nRunbook: https://r/1", one.Description);
        Assert.Equal(("http://prometheus/graph", null, null), (one.Link, one.EndedAt, one.ExpiresAt));
        // As PostgreSQL keeps it.
        Assert.Equal(new DateTimeOffset(2026, 11, 10, 11, 59, 30, TimeSpan.Zero).AddMicroseconds(123_456), one.StartedAt);
    }

    [Fact]
    public void Alertmanager_SameLabelsBothWays_AreOneKey()
    {
        const string Labels = """{"alertname": "A", "instance": "b:1"}""";
        var hook = Webhook($$"""{"alerts": [{"status": "resolved", "labels": {{Labels}}, "startsAt": "2026-11-10T11:00:00Z", "endsAt": "2026-11-10T11:30:00Z", "fingerprint": "1"}]}""").Single();
        var posted = Posted($$"""[{"labels": {"instance": "b:1", "alertname": "A"}, "startsAt": "2026-11-10T11:00:00Z", "endsAt": "2026-11-10T12:04:00Z"}]""").Single();

        Assert.Equal(hook.DedupKey, posted.DedupKey);
        Assert.Equal((SignalWord.IsResolved, new DateTimeOffset(2026, 11, 10, 11, 30, 0, TimeSpan.Zero)), (hook.Word, hook.EndedAt));
        Assert.Equal((SignalWord.Fires, Now.AddMinutes(4)), (posted.Word, posted.ExpiresAt));
        Assert.NotEqual(posted.DedupKey, Posted("""[{"labels": {"alertname": "A", "instance": "b:2"}}]""").Single().DedupKey);
    }

    [Fact]
    public void Posted_EndInThePast_IsOver_AndWithoutOneItLastsFiveMinutes()
    {
        Assert.Equal(SignalWord.IsResolved, Posted("""[{"labels": {"alertname": "A"}, "endsAt": "2026-11-10T11:59:59Z"}]""").Single().Word);
        Assert.Equal(Now.AddMinutes(5), Posted("""[{"labels": {"alertname": "A"}}]""").Single().ExpiresAt);
        Assert.Equal(Now.AddMinutes(5), Posted("""[{"labels": {"alertname": "A"}, "endsAt": "0001-01-01T00:00:00Z"}]""").Single().ExpiresAt);
    }

    [Fact]
    public void Grafana_WithPanelAndValues_LinksToThePanel()
    {
        var one = Webhook("""
            {"receiver": "r", "status": "firing", "orgId": 1, "state": "alerting", "title": "[FIRING:1] Lag", "message": "m", "alerts": [{"status": "firing", "labels": {"alertname": "Lag", "severity": "warning", "grafana_folder": "x"},
             "annotations": {}, "startsAt": "2026-11-10T12:00:00+01:00", "endsAt": "0001-01-01T00:00:00Z", "generatorURL": "https://g/r", "fingerprint": "f", "silenceURL": "https://g/s", "dashboardURL": "https://g/d", "panelURL": "https://g/p", "valueString": "[ var='A' value=7 ]", "values": {"A": 7}}]}
            """).Single();

        Assert.Equal(("Lag", "https://g/p", "[ var='A' value=7 ]", SignalSeverity.Warning), (one.Title, one.Link, one.Description, one.Severity));
        Assert.Equal(new DateTimeOffset(2026, 11, 10, 11, 0, 0, TimeSpan.Zero), one.StartedAt);
    }

    [Theory]
    [InlineData("ok", SignalWord.IsResolved)]
    [InlineData("alerting", SignalWord.Fires)]
    [InlineData("no_data", SignalWord.Fires)]
    public void Grafana_OfOldVersions_IsOneRule(string state, SignalWord expected)
    {
        var one = Webhook($$$"""{"ruleId": 7, "ruleName": "Lag", "state": "{{{state}}}", "title": "[Alerting] Lag", "ruleUrl": "https://g/r", "message": "slow", "tags": {"severity": "info"}}""").Single();

        Assert.Equal((expected, "rule/7", SignalSeverity.Info), (one.Word, one.DedupKey, one.Severity));
    }

    [Theory]
    [InlineData("""{"event_action": "trigger", "payload": {"summary": "s", "source": "h", "severity": "error"}}""", "")]
    [InlineData("""{"event_action": "trigger", "payload": {"summary": " ", "source": "h", "severity": "bad"}}""", "'payload.summary' is missing or blank|'payload.severity' is not one of 'critical', 'error', 'warning', 'info'")]
    [InlineData("""{"event_action": "resolve"}""", "'dedup_key' is missing or blank")]
    [InlineData("""{"event_action": "snooze", "payload": 7}""", "'event_action' is not one of 'trigger', 'acknowledge', 'resolve'")]
    [InlineData("7", "'event_action' is missing or blank")]
    public void PagerDuty_Event_IsHeldToItsRules(string body, string errors)
    {
        using var document = JsonDocument.Parse(body);

        Assert.Equal(errors, string.Join('|', PagerDutyReader.Read(document.RootElement, "made").Errors));
    }

    [Fact]
    public void PagerDuty_Details_AreLabelsAndTheLinkIsTheClients()
    {
        using var document = JsonDocument.Parse("""
            {"event_action": "trigger", "client": "Icinga", "client_url": "https://icinga/1", "links": [{"href": "https://other"}],
             "payload": {"summary": "Ping lost", "source": "host-1", "severity": "warning", "component": "net", "custom_details": {"service": "checkout", "load": 0.75, "more": {"a": 1}}}}
            """);

        var one = PagerDutyReader.Read(document.RootElement, "made").Reading!;

        Assert.Equal(("made", "Ping lost", SignalSeverity.Warning, "https://icinga/1"), (one.DedupKey, one.Title, one.Severity, one.Link));
        Assert.Equal(("host-1", "net", "checkout", "0.75", """{"a": 1}"""), (one.Labels["source"], one.Labels["component"], one.Labels["service"], one.Labels["load"], one.Labels["more"]));
    }

    [Fact]
    public void CloudEvents_SameSubject_IsOneEpisodeAndEachEventItsOwnDelivery()
    {
        var read = ReadSignals.OfCloudEvents(Parse("""
            [{"specversion": "1.0", "id": "1", "source": "/m", "type": "com.example.alert.fired", "subject": "disk", "time": "2026-11-10T11:00:00Z", "data": {"title": "Full", "severity": "critical", "labels": {"service": "checkout"}}},
             {"specversion": "1.0", "id": "2", "source": "/m", "type": "com.example.alert.resolved", "subject": "disk", "data_base64": "eyJ0aXRsZSI6ICJGdWxsIn0="}]
            """)).Require();

        Assert.Equal([SignalWord.Fires, SignalWord.IsResolved], read.Select(r => r.Reading.Word));
        Assert.Single(read.Select(r => r.Reading.DedupKey).Distinct());
        Assert.Equal(2, read.Select(r => r.Delivery).Distinct().Count());
        Assert.Equal(("Full", "checkout", "Full"), (read[0].Reading.Title, read[0].Reading.Labels["service"], read[1].Reading.Title));
        Assert.Contains("\"id\" and \"type\"", ReadSignals.OfCloudEvents(Parse("""{"specversion": "1.0", "source": "/m"}""")).Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_ThatCannotBeStored_IsCleanedAndCutBetweenCharacters()
    {
        var one = Webhook("""{"alerts": [{"labels": {"alertname": "a\u0000b"}, "annotations": {"summary": "half \ud83d and NUL \u0000."}}]}""").Single();

        Assert.Equal("ab", one.Labels["alertname"]);
        Assert.DoesNotContain('\0', one.Title);
        Assert.Equal("ab", SignalText.Clean("ab😀", 3));
        Assert.Equal(71, SignalText.Key(new string('x', 256)).Length);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{\"alerts\": 7}")]
    public void Webhook_OfAnotherShape_IsRefusedWithASentence(string body) => Assert.Contains("\"alerts\"", ReadSignals.OfWebhook(Parse(body)).Refusal!.Message, StringComparison.Ordinal);

    private static JsonElement Parse(string body) => ReadSignals.Parse(Encoding.UTF8.GetBytes(body)).RootElement;

    private static IReadOnlyList<SignalReading> Webhook(string body) => [.. ReadSignals.OfWebhook(Parse(body)).Require().Select(s => s.Reading)];

    private static IReadOnlyList<SignalReading> Posted(string body) => [.. ReadSignals.OfPosted(Parse(body), Now).Require().Select(s => s.Reading)];
}
