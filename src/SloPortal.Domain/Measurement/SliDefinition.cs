using System.Text.Json.Serialization;

namespace SloPortal.Domain.Measurement;

/// <summary>How good and total events are counted. The hierarchy is closed; in JSON the property <c>kind</c> names the form.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CounterRatio), "counter_ratio")]
[JsonDerivedType(typeof(GaugeThreshold), "gauge_threshold")]
[JsonDerivedType(typeof(HistogramThreshold), "histogram_threshold")]
[JsonDerivedType(typeof(PushedRatio), "pushed_ratio")]
[JsonDerivedType(typeof(Composite), "composite")]
public abstract record SliDefinition
{
    private protected SliDefinition()
    {
    }

    /// <summary>What is wrong with the definition, each in one sentence for the user. Empty when it can be used.</summary>
    public abstract IReadOnlyList<string> Problems();

    /// <summary>The roles that the series with these labels has.</summary>
    public abstract SeriesRole RolesOf(LabelSet labels);

    /// <summary>The series that the definition reads, so that a pull asks for these and no others.</summary>
    public abstract IReadOnlyList<SeriesSelector> Selectors();
}
