using System.Diagnostics.Metrics;

namespace SloPortal.Application.Common;

/// <summary>How long the portal's own duties take, and how often they fail.</summary>
public static class PassMetrics
{
    /// <summary>The meter of the whole portal; the exporter at /metrics reads it.</summary>
    public static Meter Meter { get; } = new("SloPortal");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("sloportal.pass.duration", "s", "Time that a background pass took");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("sloportal.pass.failures", description: "Background passes that failed");

    internal static void Record(string pass, TimeSpan took, bool succeeded)
    {
        var tag = new KeyValuePair<string, object?>("pass", pass);
        Duration.Record(took.TotalSeconds, tag);
        if (!succeeded)
            Failures.Add(1, tag);
    }
}
