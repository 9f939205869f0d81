namespace SloPortal.Domain.Budgets;

/// <summary>What an alert rule remembers between evaluations; this is what is stored.</summary>
/// <param name="State">The present state.</param>
/// <param name="Since">When it entered the state.</param>
/// <param name="NoDataSince">While firing: since when the events that could resolve it are missing; otherwise null.</param>
public sealed record AlertMemory(AlertState State, DateTimeOffset Since, DateTimeOffset? NoDataSince = null)
{
    /// <summary>A rule that has never been evaluated.</summary>
    public static AlertMemory New(DateTimeOffset now) => new(AlertState.NoData, now);
}
