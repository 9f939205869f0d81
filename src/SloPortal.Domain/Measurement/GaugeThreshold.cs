namespace SloPortal.Domain.Measurement;

/// <summary>A threshold on gauges: each sample is one event, good when its value holds the threshold.</summary>
/// <param name="Gauge">The gauges.</param>
/// <param name="Operator">How a sample is compared.</param>
/// <param name="Threshold">The threshold, in the unit of the gauge.</param>
public sealed record GaugeThreshold(SeriesSelector Gauge, ThresholdOperator Operator, double Threshold) : SliDefinition
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (Gauge is null)
        {
            problems.Add("Give the selector of the gauge.");
        }

        if (!double.IsFinite(Threshold))
        {
            problems.Add("The threshold must be a finite number.");
        }

        return problems;
    }

    /// <inheritdoc />
    public override SeriesRole RolesOf(LabelSet labels) => Gauge.Selects(labels) ? SeriesRole.Gauge : SeriesRole.None;

    /// <inheritdoc />
    public override IReadOnlyList<SeriesSelector> Selectors() => [Gauge];
}
