using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SloPortal.Application.Incidents.StatusPages.Serving;

internal static class StatusPageRegistration
{
    /// <summary>The files of the status pages, and what keeps them true.</summary>
    public static void AddStatusPages(this IServiceCollection services)
    {
        services.AddOptions<StatusPageSettings>().BindConfiguration("StatusPages").Configure<IConfiguration>((settings, configuration) => settings.DataFolder ??= configuration["SLOPORTAL_DATA"]);
        services.AddSingleton<StatusPageFiles>();
        services.AddSingleton<StatusPageWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<StatusPageWriter>());
    }
}
