using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Measurement;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Measurement;

/// <summary>What the tests of measuring do to a portal and read from its database.</summary>
internal static class MeasuredPortal
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Answers other than code 5xx of requests_total are good, unless another definition is given.</summary>
    public static async Task<int> AddSliAsync(this PortalHost portal, SliDefinition? definition = null, string slug = "availability")
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Ct);
        var now = DateTimeOffset.UtcNow;
        var team = new Team(Guid.CreateVersion7(), "team-" + slug, "Team " + slug, "", now);
        var service = new Service(Guid.CreateVersion7(), "service-" + slug, "Service " + slug, "", ServiceTier.Critical, team.Id, [], now);
        db.Add(team);
        db.Add(service);
        var sli = new Sli(service.Id, slug, slug, "", definition ?? new CounterRatio(
            null, SeriesSelector.Parse("requests_total{code=~\"5..\"}"), SeriesSelector.Parse("requests_total")), null, now);
        db.Add(sli);
        await db.SaveChangesAsync(Ct);
        return sli.Id;
    }

    public static async Task<(double Good, double Total)> CountsOfAsync(this PortalHost portal, int sli)
    {
        await using var source = NpgsqlDataSource.Create(portal.ConnectionString);
        await using var command = source.CreateCommand("SELECT coalesce(sum(good), 0), coalesce(sum(total), 0) FROM sli_minutes WHERE sli_id = $1");
        command.Parameters.AddWithValue(sli);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        await reader.ReadAsync(Ct);
        return (reader.GetDouble(0), reader.GetDouble(1));
    }

    public static async Task<object?> ScalarAsync(this PortalHost portal, string sql)
    {
        await using var source = NpgsqlDataSource.Create(portal.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct);
    }

    /// <summary>Refuses all connections to the portal's database and ends those that there are, or lets them in again.</summary>
    public static async Task CloseDatabaseAsync(this PortalHost portal, bool open)
    {
        var name = new NpgsqlConnectionStringBuilder(portal.ConnectionString).Database;
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(portal.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        await using var allow = source.CreateCommand($"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS {open}");
        await allow.ExecuteNonQueryAsync(Ct);
        if (open)
            return;
        await using var terminate = source.CreateCommand($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        await terminate.ExecuteNonQueryAsync(Ct);
    }
}
