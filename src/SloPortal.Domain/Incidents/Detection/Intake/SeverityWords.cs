namespace SloPortal.Domain.Incidents.Detection.Intake;

/// <summary>The severity in the words of those who send, and in ours.</summary>
public static class SeverityWords
{
    /// <summary>
    /// What a severity label or field means. Alertmanager has no fixed words; these are the ones of the rules that people share
    /// (kube-prometheus, Sloth, PagerDuty, syslog). An unknown or missing word is an error, so that nothing is lost for its spelling.
    /// </summary>
    public static SignalSeverity Of(string? word) => word?.Trim().ToUpperInvariant() switch
    {
        "CRITICAL" or "PAGE" or "FATAL" or "EMERGENCY" or "DISASTER" => SignalSeverity.Critical,
        "WARNING" or "WARN" or "TICKET" => SignalSeverity.Warning,
        "INFO" or "INFORMATIONAL" or "INFORMATION" or "NONE" or "DEBUG" or "OK" => SignalSeverity.Info,
        _ => SignalSeverity.Error,
    };

    /// <summary>As it stands alone: "Critical".</summary>
    public static string Word(SignalSeverity severity) => severity switch
    {
        SignalSeverity.Critical => "Critical",
        SignalSeverity.Error => "Error",
        SignalSeverity.Warning => "Warning",
        SignalSeverity.Info => "Information",
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, null),
    };

    /// <summary>PagerDuty's own four words, which its API takes and no others.</summary>
    /// <returns>Null for any other word.</returns>
    public static SignalSeverity? OfPagerDuty(string? word) => word switch
    {
        "critical" => SignalSeverity.Critical,
        "error" => SignalSeverity.Error,
        "warning" => SignalSeverity.Warning,
        "info" => SignalSeverity.Info,
        _ => null,
    };
}
