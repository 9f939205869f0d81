namespace SloPortal.Domain.Objectives.Negotiation;

/// <summary>How far apart the two sides are, by what their people said last.</summary>
/// <param name="Supported">The lowest target that engineering says it can support, in percent; null where it said none.</param>
/// <param name="Wanted">The highest target that stakeholders want, in percent; null where they said none.</param>
public sealed record Spread(decimal? Supported, decimal? Wanted)
{
    /// <summary>Points of percent between the two; zero where engineering supports what is wanted; null while a side is silent.</summary>
    public decimal? Gap => Wanted is { } wanted && Supported is { } supported ? Math.Max(0, wanted - supported) : null;

    /// <param name="positions">The current ones.</param>
    public static Spread Of(IEnumerable<(Side Side, decimal Percent)> positions)
    {
        var sides = positions.ToLookup(p => p.Side, p => (decimal?)p.Percent);
        return new(sides[Side.Engineering].Min(), sides[Side.Stakeholders].Max());
    }
}
