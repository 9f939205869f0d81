using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SloPortal.Application.Measurement.Corrections;
using SloPortal.Application.Measurement.Files;
using SloPortal.Application.Measurement.Files.Watching;
using SloPortal.Application.Measurement.Probes;
using SloPortal.Application.Measurement.Probes.Agents;
using SloPortal.Application.Measurement.Probes.Running;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Application.Measurement.Pull.Backfills;
using SloPortal.Application.Measurement.Queries;
using SloPortal.Application.Measurement.Statsd;

namespace SloPortal.Application.Measurement;

internal static class MeasurementRegistration
{
    /// <summary>What the operations of measuring share.</summary>
    public static void AddPortalMeasurement(this IServiceCollection services)
    {
        services.AddSingleton<PrometheusClient>();
        services.AddSingleton<SourceSecrets>();
        services.AddSingleton<SourcePull>();
        services.AddSingleton<BackfillRun>();
        services.AddSingleton<OriginalCounts>();
        services.AddSingleton<FileRunner>();
        services.AddSingleton<SqlPull>();
        services.TryAddSingleton<ProbeNetwork>();
        services.AddSingleton<ProbeRunner>();
        services.AddSingleton<ProbeStore>();
        services.AddSingleton<AgentAccess>();
        services.AddOptions<WatchSettings>().BindConfiguration("Files");
        services.AddOptions<StatsdSettings>().BindConfiguration("Statsd");
    }
}
