using System.Text.Json.Serialization;

namespace SloPortal.Domain.Measurement;

/// <summary>
/// A ratio of counters. Exactly one of <paramref name="Good"/> and <paramref name="Bad"/> is given; with bad ones, good is total
/// minus bad.
/// </summary>
/// <param name="Good">The counters of good events.</param>
/// <param name="Bad">The counters of bad events.</param>
/// <param name="Total">The counters of all events, the good or bad ones among them.</param>
public sealed record CounterRatio(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SeriesSelector? Good,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SeriesSelector? Bad,
    SeriesSelector Total) : SliDefinition
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (Good is null == Bad is null)
        {
            problems.Add(Good is null
                ? "Give the selector of the good events or of the bad ones."
                : "Give either the good events or the bad ones, not both: the other ones follow from the total.");
        }

        if (Total is null)
        {
            problems.Add("Give the selector of all events.");
        }
        else if (Total.Equals(Good) || Total.Equals(Bad))
        {
            problems.Add("The selector of all events is the same as the other one, so the ratio would never change.");
        }

        return problems;
    }

    /// <inheritdoc />
    public override SeriesRole RolesOf(LabelSet labels) =>
        (Good?.Selects(labels) == true ? SeriesRole.Good : SeriesRole.None)
        | (Bad?.Selects(labels) == true ? SeriesRole.Bad : SeriesRole.None)
        | (Total.Selects(labels) ? SeriesRole.Total : SeriesRole.None);

    /// <inheritdoc />
    public override IReadOnlyList<SeriesSelector> Selectors() => Good is null ? Bad is null ? [Total] : [Bad, Total] : [Good, Total];
}
