namespace SloPortal.Application.Measurement.Slis;

/// <summary>What an SLI counted in a stretch of time.</summary>
/// <param name="Start">The first instant.</param>
/// <param name="Good">Good events.</param>
/// <param name="Total">All events.</param>
/// <param name="Minutes">How many of its minutes have data.</param>
public sealed record SliStep(DateTimeOffset Start, double Good, double Total, int Minutes);
