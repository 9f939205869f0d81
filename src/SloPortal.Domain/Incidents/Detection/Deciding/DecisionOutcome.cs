namespace SloPortal.Domain.Incidents.Detection.Deciding;

/// <summary>How what a person decided stands to what was recommended.</summary>
public enum DecisionOutcome
{
    /// <summary>Nobody has decided yet.</summary>
    Waiting,
    /// <summary>The same, also where no incident was recommended and it was declined.</summary>
    AsRecommended,
    /// <summary>A worse severity, or an incident where none was recommended.</summary>
    Up,
    /// <summary>A milder severity.</summary>
    Down,
    /// <summary>The severity that was recommended, with or without a war room against the recommendation.</summary>
    OtherWarRoom,
    /// <summary>No incident, where one was recommended.</summary>
    Declined,
}

public static class DecisionOutcomes
{
    /// <param name="severity">As decided; null unless confirmed.</param>
    /// <param name="warRoom">As decided; null unless confirmed.</param>
    public static DecisionOutcome Of(Recommendation recommended, IncidentProposalState state, IncidentSeverity? severity, bool? warRoom)
    {
        ArgumentNullException.ThrowIfNull(recommended);
        return state switch
        {
            IncidentProposalState.Waiting => DecisionOutcome.Waiting,
            IncidentProposalState.Declined => recommended.Severity is null ? DecisionOutcome.AsRecommended : DecisionOutcome.Declined,
            // 1 is the worst.
            IncidentProposalState.Confirmed when recommended.Severity is null || severity < recommended.Severity => DecisionOutcome.Up,
            IncidentProposalState.Confirmed when severity > recommended.Severity => DecisionOutcome.Down,
            IncidentProposalState.Confirmed => warRoom == recommended.WarRoom ? DecisionOutcome.AsRecommended : DecisionOutcome.OtherWarRoom,
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
        };
    }
}
