namespace SloPortal.Domain.Budgets;

/// <summary>Where one alert rule of one objective stands.</summary>
public enum AlertState
{
    /// <summary>Events were seen and the condition does not hold.</summary>
    Ok,

    /// <summary>The condition held, and nothing has shown since that it no longer does.</summary>
    Firing,

    /// <summary>It fired and the burn fell; it goes back to Ok after one quiet long window.</summary>
    Resolved,

    /// <summary>No event in the long window and not firing: nothing can be said.</summary>
    NoData,
}
