using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation.Quiet;

namespace SloPortal.Domain.Incidents.Escalation;

/// <summary>When a rule holds, by the business hours of the team. A team without any is taken to be always at work.</summary>
public enum PagingHours
{
    Any,
    Business,
    Outside,
}

public enum PagingAction
{
    Page,
    /// <summary>The signal stands in the ledger and calls nobody.</summary>
    Record,
}

/// <summary>One line of a team's table that says what becomes of a signal. The first that fits decides.</summary>
/// <param name="MinimumSeverity">For signals at least as severe.</param>
/// <param name="ServiceId">Only for signals about this service; null for all.</param>
/// <param name="PolicyId">Who is called; only for <see cref="PagingAction.Page"/>.</param>
/// <param name="GroupBy">Labels that, beside the service, tell pages apart: signals that agree in them share a page.</param>
/// <param name="Quiet">What keeps a signal from calling at once; null where nothing does.</param>
public sealed record PagingRule(SignalSeverity MinimumSeverity, Guid? ServiceId, PagingHours Hours, PagingAction Action, Guid? PolicyId, IReadOnlyList<string> GroupBy, QuietTerms? Quiet = null)
{
    public bool Fits(SignalSeverity severity, Guid? service, bool isBusinessHours) =>
        severity >= MinimumSeverity && (ServiceId is null || ServiceId == service) && Hours switch
        {
            PagingHours.Any => true,
            PagingHours.Business => isBusinessHours,
            PagingHours.Outside => !isBusinessHours,
            _ => throw new ArgumentOutOfRangeException(nameof(isBusinessHours), Hours, null),
        };
}

/// <summary>The table of a team.</summary>
public sealed class PagingRules
{
    public const int Most = 50;
    public const int MostLabels = 10;

    private PagingRules() { }

    public PagingRules(Guid teamId) => TeamId = teamId;

    public Guid TeamId { get; private set; }
    public IReadOnlyList<PagingRule> Rules { get; private set; } = [];
    public DateTimeOffset? ChangedAt { get; private set; }

    /// <summary>Optimistic concurrency; PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    public void Replace(IReadOnlyList<PagingRule> rules, DateTimeOffset now)
    {
        Rules = [.. rules];
        ChangedAt = now;
    }

}
