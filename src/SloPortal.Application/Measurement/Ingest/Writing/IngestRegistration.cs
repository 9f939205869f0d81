using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Beacons;
using SloPortal.Application.Measurement.Statsd;

namespace SloPortal.Application.Measurement.Ingest.Writing;

internal static class IngestRegistration
{
    /// <summary>The writer of this portal. Register <see cref="IngestSettings"/> before, for others than the usual ones.</summary>
    public static void AddPortalIngest(this IServiceCollection services)
    {
        services.TryAddSingleton<IngestSettings>();
        services.AddSingleton<TokenSources>();
        services.AddSingleton<IngestWriter>();
        services.AddSingleton<IReadiness>(provider => provider.GetRequiredService<IngestWriter>());
        services.AddHostedService(provider => provider.GetRequiredService<IngestWriter>());
        // After the writer, so that it stops before and stores what it has.
        services.AddHostedService<StatsdListener>();
        services.AddSingleton<BeaconListener>();
        services.AddHostedService(provider => provider.GetRequiredService<BeaconListener>());
    }
}
