using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SloPortal.Application.Incidents.StatusPages.Subscribers;

namespace SloPortal.Application.Incidents.StatusPages.Serving;

internal static class StatusPageRegistration
{
    /// <summary>The files of the status pages and what keeps them true, and what their subscribers need.</summary>
    public static void AddStatusPages(this IServiceCollection services)
    {
        services.AddOptions<StatusPageSettings>().BindConfiguration("StatusPages").Configure<IConfiguration>((settings, configuration) => settings.DataFolder ??= configuration["SLOPORTAL_DATA"]);
        services.AddSingleton<StatusPageFiles>();
        services.AddSingleton<StatusPageWriter>();
        services.AddSingleton<SubscriberLinks>();
        services.AddSingleton<SubscriberKeys>();
        services.AddHostedService(provider => provider.GetRequiredService<StatusPageWriter>());
    }
}
