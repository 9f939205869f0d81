namespace SloPortal.Domain.Budgets;

public enum ExhaustionKind
{
    /// <summary>No events, so no burn and no answer.</summary>
    NoData,

    /// <summary>Nothing fails at present.</summary>
    NotBurning,

    /// <summary>At the present burn the budget outlasts its period.</summary>
    Outlasts,

    /// <summary>At the present burn the budget runs out.</summary>
    Ahead,

    /// <summary>The budget is gone already.</summary>
    Exhausted,
}
