using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Catalog;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Data.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Measurement.Slis;

/// <summary>The operations on a database of their own, with one team, its service "shop", and one source that sends.</summary>
internal sealed class MeasuringPortal : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly string _connectionString;

    private MeasuringPortal(ServiceProvider services, string connectionString) => (_services, _connectionString) = (services, connectionString);

    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Clock { get; } = new(Now);

    public int SourceId { get; private set; }

    public Guid TeamId { get; private set; }

    /// <summary>Owns services, a member of the team.</summary>
    public Actor Owner => new() { Kind = ActorKind.Person, Name = "Ada", Roles = [Role.ServiceOwner], TeamIds = [TeamId] };

    public static Actor Stranger { get; } = new() { Kind = ActorKind.Person, Name = "Eve", Roles = [Role.ServiceOwner] };

    public static Actor Administrator { get; } = new() { Kind = ActorKind.Person, Name = "Root", Roles = [Role.Administrator] };

    public NpgsqlDataSource Database => Get<NpgsqlDataSource>();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public static async Task<MeasuringPortal> OpenAsync(CancellationToken ct, params IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var connectionString = await TestPostgres.CreateDatabaseAsync(ct);
        var services = new ServiceCollection();
        MeasuringPortal? portal = null;
        services.AddSingleton<TimeProvider>(_ => portal!.Clock);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        services.AddPortalData(connectionString);
        services.AddSingleton(new IngestSettings());
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddPortalApplication();
        portal = new MeasuringPortal(services.BuildServiceProvider(), connectionString);
        await portal.FillAsync(ct);
        return portal;
    }

    public async Task<int> AddSourceAsync(string name, CancellationToken ct)
    {
        // As the first request of a token makes it; nothing here asks for the token.
        await using var command = Database.CreateCommand("INSERT INTO sources (kind, name, created_at) VALUES ('RemoteWrite', $1, $2) RETURNING id");
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = Now });
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await TestPostgres.DropDatabaseAsync(_connectionString, CancellationToken.None);
    }

    private async Task FillAsync(CancellationToken ct)
    {
        TeamId = (await Get<CreateTeam.Handler>().HandleAsync(new CreateTeam("payments", "Payments", ""), Actor.System("test"), ct)).Require();
        (await Get<CreateService.Handler>().HandleAsync(new CreateService("shop", "Shop", "", ServiceTier.Critical, "payments", []), Actor.System("test"), ct)).Require();
        SourceId = await AddSourceAsync("prometheus", ct);
    }
}
