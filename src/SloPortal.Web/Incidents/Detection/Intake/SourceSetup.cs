using SloPortal.Application.Incidents.Detection.Intake.Mail;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Web.Incidents.Detection.Intake;

/// <summary>A text to be pasted into a sender.</summary>
/// <param name="Where">What it is and where it goes, as a sentence.</param>
internal sealed record SetupText(string Id, string Where, string Text);

/// <summary>What each sender has to be told, ready to be pasted.</summary>
internal static class SourceSetup
{
    /// <summary>Stands where the key goes once that is not known any more.</summary>
    public const string KeyPlace = "KEY";

    /// <param name="portal">Address of the portal, without a slash at the end.</param>
    /// <param name="key">The key, or <see cref="KeyPlace"/>.</param>
    /// <param name="mailHost">What stands after the @ of addresses for mail.</param>
    public static IReadOnlyList<SetupText> Of(SignalSourceKind kind, string portal, string key, string mailHost) => kind switch
    {
        SignalSourceKind.Alertmanager =>
        [
            new("setup-alertmanager", "Alertmanager, in alertmanager.yml:", $$"""
                receivers:
                  - name: sloportal
                    webhook_configs:
                      - url: {{portal}}/in/{{key}}/alertmanager
                        send_resolved: true
                route:
                  receiver: sloportal
                """),
            new("setup-prometheus", "Prometheus without Alertmanager, in prometheus.yml:", Prometheus(portal, key)),
        ],
        SignalSourceKind.PagerDuty =>
        [
            new("setup-pagerduty", "In what sends to PagerDuty, in place of https://events.pagerduty.com:", $"{portal}/v2/enqueue"),
            new("setup-routing-key", "And as its integration key (routing_key):", key),
            new("setup-pagerduty-try", "To try it:", $$$"""
                curl -H 'Content-Type: application/json' {{{portal}}}/v2/enqueue -d '{
                  "routing_key": "{{{key}}}", "event_action": "trigger", "dedup_key": "try",
                  "payload": {"summary": "A first event", "source": "curl", "severity": "info"}}'
                """),
        ],
        SignalSourceKind.CloudEvents =>
        [
            new("setup-cloudevents", "Send events, one or a batch, structured or binary, to:", $"{portal}/in/{key}/cloudevents"),
            new("setup-cloudevents-try", "To try it; the same subject with a type that ends in \"resolved\" ends it:", $$$"""
                curl -H 'Content-Type: application/cloudevents+json' {{{portal}}}/in/{{{key}}}/cloudevents -d '{
                  "specversion": "1.0", "id": "1", "source": "/try", "type": "com.example.alert.fired", "subject": "disk",
                  "data": {"title": "The disk is full", "severity": "critical"}}'
                """),
        ],
        SignalSourceKind.Grafana =>
        [
            new("setup-grafana", "In Grafana under Alerting, Contact points: a new one of the type Webhook with this URL, HTTP method POST:", $"{portal}/in/{key}/grafana"),
        ],
        SignalSourceKind.GitHub =>
        [
            new("setup-github", "In the repository under Settings, Webhooks: this payload URL, content type application/json, the secret of this source, and of the events \"Deployment statuses\" alone:", $"{portal}/in/{key}/github"),
        ],
        SignalSourceKind.GitLab =>
        [
            new("setup-gitlab", "In the project under Settings, Webhooks: this URL, the secret token of this source, and the trigger \"Deployment events\" alone:", $"{portal}/in/{key}/gitlab"),
        ],
        SignalSourceKind.Mail =>
        [
            new("setup-mail", "Send mail to this address. A subject that begins with \"RESOLVED\" ends what the mail answers, or what fires under the same subject:", MailListener.AddressOf(key, mailHost)),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string Prometheus(string portal, string key)
    {
        var address = new Uri(portal);
        return $$"""
            alerting:
              alertmanagers:
                - scheme: {{address.Scheme}}
                  path_prefix: {{address.AbsolutePath.TrimEnd('/')}}/in/{{key}}
                  static_configs:
                    - targets: ["{{address.Authority}}"]
            """;
    }
}
