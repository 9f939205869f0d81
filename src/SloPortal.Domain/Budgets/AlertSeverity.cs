namespace SloPortal.Domain.Budgets;

/// <summary>How loudly an alert calls: a page wakes somebody, a ticket waits for working hours.</summary>
public enum AlertSeverity
{
    Ticket,
    Page,
}
