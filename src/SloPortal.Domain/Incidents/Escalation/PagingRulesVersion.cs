namespace SloPortal.Domain.Incidents.Escalation;

/// <summary>A team's table as it was from a moment on, until the next version. What was decided then was decided by it.</summary>
public sealed class PagingRulesVersion
{
    private PagingRulesVersion() { }

    public PagingRulesVersion(Guid id, Guid teamId, IReadOnlyList<PagingRule> rules, DateTimeOffset from, string byName)
    {
        Id = id;
        TeamId = teamId;
        Rules = [.. rules];
        From = from;
        ByName = byName;
    }

    public Guid Id { get; private set; }
    public Guid TeamId { get; private set; }
    public IReadOnlyList<PagingRule> Rules { get; private set; } = [];
    public DateTimeOffset From { get; private set; }

    /// <summary>Who set it, as they were called then.</summary>
    public string ByName { get; private set; } = "";
}
