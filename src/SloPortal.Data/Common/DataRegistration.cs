using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace SloPortal.Data.Common;

public static class DataRegistration
{
    /// <summary>Registers the data source (for the hot paths and LISTEN) and the context factory on it.</summary>
    public static IServiceCollection AddPortalData(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(Tuned(connectionString)).Build());
        services.AddPooledDbContextFactory<PortalDbContext>((provider, options) => Configure(options, provider.GetRequiredService<NpgsqlDataSource>()));
        // Identity's stores ask for the context itself; one per scope, made by the same factory options.
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContext());
        return services;
    }

    /// <summary>
    /// Statements that come again are prepared, and a connection goes back to the pool without a DISCARD: nothing here leaves settings or
    /// temporary tables behind, and advisory locks are released by whoever took them.
    /// </summary>
    private static string Tuned(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        MaxAutoPrepare = 200,
        AutoPrepareMinUsages = 3,
        NoResetOnClose = true,
    }.ConnectionString;

    private static readonly TextGuard guard = new();

    public static void Configure(DbContextOptionsBuilder options, NpgsqlDataSource dataSource) => options
        .UseNpgsql(dataSource)
        .AddInterceptors(guard)
        .UseSnakeCaseNamingConvention();
}
