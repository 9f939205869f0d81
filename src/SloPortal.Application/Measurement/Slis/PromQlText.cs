using System.Globalization;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Slis;

/// <summary>The share of good events of the last five minutes as PromQL, so that anybody can check a definition elsewhere.</summary>
public static class PromQlText
{
    /// <summary>A query for a reader; the portal itself counts samples and evaluates no query.</summary>
    public static string Of(SliDefinition definition) => definition switch
    {
        CounterRatio { Good: { } good } ratio => Share(Rate(good), Rate(ratio.Total)),
        CounterRatio ratio => $"1 - {Share(Rate(ratio.Bad!), Rate(ratio.Total))}",
        GaugeThreshold gauge => $"avg(avg_over_time(({gauge.Gauge} {gauge.Operator.Sign()} bool {Number(gauge.Threshold)})[5m:15s]))",
        HistogramThreshold histogram => Share(Rate(histogram.Selectors()[0]), Rate(histogram.Selectors()[1])),
        PushedRatio or Composite => "",
        _ => throw new ArgumentOutOfRangeException(nameof(definition), definition, null),
    };

    private static string Rate(SeriesSelector selector) => $"sum(rate({selector}[5m]))";

    private static string Share(string part, string whole) => $"{part}\n/\n{whole}";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
