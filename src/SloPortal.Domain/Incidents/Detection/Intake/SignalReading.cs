namespace SloPortal.Domain.Incidents.Detection.Intake;

/// <summary>What a message asks for.</summary>
public enum SignalWord
{
    Fires,
    IsAcknowledged,
    IsResolved,
}

/// <summary>One message about one signal, whatever format it came in. Texts are cut and cleaned.</summary>
/// <param name="DedupKey">1 to 255 characters.</param>
/// <param name="Title">1 to 1,024 characters.</param>
/// <param name="Link">An http or https address.</param>
/// <param name="StartedAt">By the sender's clock; null where it does not say.</param>
/// <param name="EndedAt">Only where it is resolved.</param>
/// <param name="ExpiresAt">When it ends unless it is said again.</param>
/// <param name="NamesEpisode">
/// The start tells one episode from the next, as it does for Alertmanager: what began before the last episode ended is a late copy of that
/// one and no new one.
/// </param>
public sealed record SignalReading(
    SignalWord Word, string DedupKey, string Title, SignalSeverity Severity, IReadOnlyDictionary<string, string> Labels, string? Description = null, string? Link = null,
    DateTimeOffset? StartedAt = null, DateTimeOffset? EndedAt = null, DateTimeOffset? ExpiresAt = null, bool NamesEpisode = false);
