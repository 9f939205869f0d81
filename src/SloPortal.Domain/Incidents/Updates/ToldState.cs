namespace SloPortal.Domain.Incidents.Updates;

/// <summary>How an incident stands, as stakeholders are told: the four words that public status pages use.</summary>
public enum ToldState
{
    Investigating,
    Identified,
    Monitoring,
    Resolved,
}

/// <summary>What a stakeholder can expect of a service. The worst comes last.</summary>
public enum ServiceCondition
{
    Operational,
    Degraded,
    Outage,
}

/// <summary>How a service is, as an update tells.</summary>
public sealed record ToldService(Guid ServiceId, ServiceCondition Condition);
