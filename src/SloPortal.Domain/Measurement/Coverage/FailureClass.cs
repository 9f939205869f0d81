namespace SloPortal.Domain.Measurement.Coverage;

/// <summary>In which way something fails for a user.</summary>
public enum FailureClass
{
    /// <summary>No answer.</summary>
    Unavailable,

    /// <summary>An answer that says that it failed.</summary>
    Error,

    /// <summary>The right answer, too late.</summary>
    Slow,

    /// <summary>An answer that is not right.</summary>
    Wrong,

    /// <summary>An answer that was right once.</summary>
    Stale,
}

/// <summary>What an SLI covers, as far as its definition says so.</summary>
public static class FailureClasses
{
    private static readonly string[] Ages = ["age", "lag", "fresh", "stale", "delay", "behind"];
    private static readonly string[] Checks = ["correct", "mismatch", "checksum", "invalid", "reconcil", "consisten"];

    /// <summary>A proposal; whoever knows the service decides. Null where nothing suggests one.</summary>
    /// <param name="definition">What is counted.</param>
    /// <param name="isProbe">Whether a probe feeds it.</param>
    public static FailureClass? Proposed(SliDefinition definition, bool isProbe) => definition switch
    {
        _ when isProbe => FailureClass.Unavailable,
        HistogramThreshold => FailureClass.Slow,
        GaugeThreshold gauge when Names(gauge, Ages) => FailureClass.Stale,
        GaugeThreshold => FailureClass.Slow,
        CounterRatio ratio when Names(ratio, Checks) => FailureClass.Wrong,
        CounterRatio => FailureClass.Error,
        _ => null,
    };

    private static bool Names(SliDefinition definition, string[] words) =>
        definition.Selectors().Any(s => words.Any(w => s.MetricName?.Contains(w, StringComparison.OrdinalIgnoreCase) == true));
}
