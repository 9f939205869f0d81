using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Domain.Incidents.Escalation.Deciding;

/// <summary>What the decision about a signal looks at, as it was at that moment.</summary>
/// <param name="BeganAt">When it was first received.</param>
/// <param name="PageId">The page that it belongs to already.</param>
/// <param name="Held">As what it waits; null where it does not.</param>
/// <param name="HeldSince">Since when it waits.</param>
public sealed record SignalFacts(
    Guid Id, Guid TeamId, Guid? ServiceId, SignalSeverity Severity, IReadOnlyDictionary<string, string> Labels, DateTimeOffset BeganAt, Guid? PageId = null, SignalOutcome? Held = null, DateTimeOffset? HeldSince = null)
{
    public static SignalFacts Of(Signal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        return new(signal.Id, signal.TeamId, signal.ServiceId, signal.Severity, signal.Labels, signal.FirstReceivedAt, signal.PageId, signal.HeldAs, signal.HeldSince);
    }
}
