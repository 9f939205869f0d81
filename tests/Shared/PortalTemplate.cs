using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application;
using SloPortal.Data;
using SloPortal.Data.Common;

namespace SloPortal.TestSupport;

/// <summary>Every test database begins as the portal makes one.</summary>
internal static class PortalTemplate
{
#pragma warning disable CA2255 // The test process must know before the first database is asked for.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register() => TestPostgres.PrepareTemplate = async (connectionString, ct) =>
    {
        await using var source = new NpgsqlDataSourceBuilder(connectionString).Build();
        var options = new DbContextOptionsBuilder<PortalDbContext>();
        DataRegistration.Configure(options, source);
        await using var db = new PortalDbContext(options.Options);
        await PortalDatabase.PrepareAsync(db, TimeProvider.System.GetUtcNow(), ct);
    };
}
