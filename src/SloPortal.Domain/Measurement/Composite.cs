using System.Globalization;
using SloPortal.Domain.Common;

namespace SloPortal.Domain.Measurement;

/// <summary>How the parts of a composite make one figure.</summary>
public enum CompositeRule
{
    /// <summary>The weighted mean of the parts.</summary>
    Weighted,

    /// <summary>The worst of the parts, for a journey that is as good as its weakest step.</summary>
    WorstOf,
}

/// <summary>One step of a journey.</summary>
/// <param name="SliId">What measures it.</param>
/// <param name="Weight">Above 0; all weights make 1. Of no meaning for the worst of the parts.</param>
public sealed record CompositePart(int SliId, decimal Weight);

/// <summary>
/// A journey of users over several services. It counts minutes: by weight, a minute is worth the weights of the parts that had events in it,
/// and good in it are weight × share of good events; as the worst of, it is worth one and as good as its worst part. A part without events
/// in a minute speaks neither for nor against.
/// </summary>
public sealed record Composite(CompositeRule Rule, IReadOnlyList<CompositePart> Parts) : SliDefinition
{
    public const int MostParts = 20;

    /// <inheritdoc />
    public override IReadOnlyList<string> Problems() =>
    [
        .. Parts.Count is < 2 or > MostParts ? new[] { $"A journey has 2 to {MostParts} parts." } : [],
        .. Parts.DistinctBy(p => p.SliId).Count() < Parts.Count ? new[] { "An SLI stands twice among the parts; take it once, with the sum of its weights." } : [],
        .. Rule == CompositeRule.Weighted && Parts.Any(p => p.Weight <= 0) ? new[] { "Each part needs a weight above 0." } : [],
        .. Rule == CompositeRule.Weighted && Parts.Sum(p => p.Weight) != 1m
            ? new[] { string.Create(CultureInfo.InvariantCulture, $"The weights make {Parts.Sum(p => p.Weight) * 100m:0.####} %. They must make 100 %.") } : [],
    ];

    /// <summary>What one minute counts.</summary>
    /// <param name="parts">Of each part, in their order; none where nothing was counted.</param>
    public EventCounts CountMinute(ReadOnlySpan<EventCounts> parts)
    {
        var (good, total, worst) = (0d, 0d, double.PositiveInfinity);
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Ratio is not { } ratio)
            {
                continue;
            }

            var weight = (double)Parts[i].Weight;
            (good, total, worst) = (good + (weight * ratio), total + weight, Math.Min(worst, ratio));
        }

        return double.IsPositiveInfinity(worst) ? EventCounts.None : Rule == CompositeRule.WorstOf ? new EventCounts(worst, 1) : new EventCounts(good, total);
    }

    /// <inheritdoc />
    public override SeriesRole RolesOf(LabelSet labels) => SeriesRole.None;

    /// <inheritdoc />
    public override IReadOnlyList<SeriesSelector> Selectors() => [];
}
