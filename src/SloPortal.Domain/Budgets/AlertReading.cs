using SloPortal.Domain.Common;

namespace SloPortal.Domain.Budgets;

/// <summary>The counts of a rule's two windows, both ending at <paramref name="At"/>.</summary>
public sealed record AlertReading(DateTimeOffset At, EventCounts Long, EventCounts Short);

/// <summary>What the counts of a rule's two windows say, both ending at <paramref name="At"/>.</summary>
/// <param name="LongBurn">Null without events, as the other.</param>
/// <param name="LongTotal">Events of the long window, for the minimum.</param>
public readonly record struct BurnReading(DateTimeOffset At, double? LongBurn, double? ShortBurn, double LongTotal);
