namespace SloPortal.Domain.Budgets;

/// <summary>The result of one evaluation.</summary>
/// <param name="Memory">To be stored and handed to the next evaluation.</param>
/// <param name="Transition">Null when the state stayed the same.</param>
/// <param name="LongBurn">Burn over the long window; null without events.</param>
/// <param name="ShortBurn">Burn over the short window; null without events.</param>
public readonly record struct AlertStep(AlertMemory Memory, AlertTransition? Transition, double? LongBurn, double? ShortBurn);
