namespace SloPortal.Domain.Budgets;

/// <summary>A change of state. To Firing and from Firing are what people are told about.</summary>
public sealed record AlertTransition(AlertState From, AlertState To, DateTimeOffset At)
{
    public bool Fired => To == AlertState.Firing;

    public bool Resolved => From == AlertState.Firing;
}
