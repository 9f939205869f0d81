using Serilog;
using Serilog.Extensions.Logging;
using SloPortal.Data.Common;

namespace SloPortal.Web.Composition;

/// <summary>Which database: the one that is configured, or a private one.</summary>
internal static class PortalConnection
{
    /// <summary>
    /// <c>ConnectionStrings__Portal</c>, or else a private PostgreSQL in <c>SLOPORTAL_DATA</c> (or the user's data folder), which stops with
    /// the services that it is registered with.
    /// </summary>
    /// <exception cref="PrivatePostgresUnavailableException">There is neither; the message says what to do.</exception>
    public static async Task<string> ConnectionStringAsync(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration.GetConnectionString("Portal") is { Length: > 0 } configured)
            return configured;
        using var logging = new SerilogLoggerFactory(Log.Logger);
        var postgres = await PrivatePostgres.StartAsync(
            new PrivatePostgresOptions { DataFolder = configuration["SLOPORTAL_DATA"], PostgresBin = configuration["SLOPORTAL_POSTGRES_BIN"] },
            logging.CreateLogger(typeof(PrivatePostgres).FullName!), CancellationToken.None);
        services.AddSingleton(_ => postgres);
        services.AddHostedService<PrivatePostgresLifetime>();
        return postgres.ConnectionString;
    }

    /// <summary>Makes the container own the server, so that it is left when the portal ends.</summary>
    private sealed class PrivatePostgresLifetime(PrivatePostgres postgres) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(postgres);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
