using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Incidents.Escalation.Paging;

internal static class OriginWords
{
    /// <summary>As it stands in a sentence.</summary>
    public static string Of(SignalOrigin origin) => origin switch
    {
        SignalOrigin.BurnAlert => "the portal",
        SignalOrigin.Alertmanager => "Alertmanager",
        SignalOrigin.PagerDuty => "the sender of PagerDuty events",
        SignalOrigin.CloudEvents => "the sender of CloudEvents",
        SignalOrigin.Grafana => "Grafana",
        SignalOrigin.Mail => "a mail",
        SignalOrigin.Report => "a report",
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, null),
    };
}
