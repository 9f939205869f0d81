namespace SloPortal.Domain.Incidents.Detection.Deciding;

/// <summary>
/// What the policy said of a proposal when it was made, with the facts as they stood. The database refuses to change or remove it: what a person
/// decided stands beside it, in the proposal.
/// </summary>
public sealed class ProposalRecommendation
{
    private ProposalRecommendation() { }

    public ProposalRecommendation(Guid proposalId, DecisionPolicyVersion version, DecisionFacts facts, DateTimeOffset madeAt)
    {
        ArgumentNullException.ThrowIfNull(version);
        var said = version.Policy.Decide(facts).Recommendation;
        ProposalId = proposalId;
        PolicyNumber = version.Number;
        Facts = facts;
        (Row, Severity, WarRoom, Reason) = (said.Row, said.Severity, said.WarRoom, said.Reason);
        MadeAt = madeAt;
    }

    public Guid ProposalId { get; private set; }

    /// <summary>Which <see cref="DecisionPolicyVersion"/> said it.</summary>
    public int PolicyNumber { get; private set; }

    public DecisionFacts Facts { get; private set; } = null!;

    /// <summary>Counted from 1; null where no row held.</summary>
    public int? Row { get; private set; }

    /// <summary>Null for no incident.</summary>
    public IncidentSeverity? Severity { get; private set; }

    public bool WarRoom { get; private set; }
    public string? Reason { get; private set; }
    public DateTimeOffset MadeAt { get; private set; }

    public Recommendation Said => new(Row, Severity, WarRoom, Reason);
}
