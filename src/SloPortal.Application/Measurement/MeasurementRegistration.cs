using Microsoft.Extensions.DependencyInjection;
using SloPortal.Application.Measurement.Corrections;
using SloPortal.Application.Measurement.Pull;

namespace SloPortal.Application.Measurement;

internal static class MeasurementRegistration
{
    /// <summary>What the operations of measuring share.</summary>
    public static void AddPortalMeasurement(this IServiceCollection services)
    {
        services.AddSingleton<PrometheusClient>();
        services.AddSingleton<SourceSecrets>();
        services.AddSingleton<SourcePull>();
        services.AddSingleton<OriginalCounts>();
    }
}
