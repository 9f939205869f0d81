using SloPortal.Domain.Common;

namespace SloPortal.Domain.Budgets;

/// <summary>The counts of a rule's two windows, both ending at <paramref name="At"/>.</summary>
public sealed record AlertReading(DateTimeOffset At, EventCounts Long, EventCounts Short);
