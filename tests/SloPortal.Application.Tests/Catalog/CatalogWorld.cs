using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SloPortal.Application.Access;
using SloPortal.Application.Catalog;
using SloPortal.Data;
using SloPortal.Data.Access;
using SloPortal.Data.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;

namespace SloPortal.Application.Tests.Catalog;

/// <summary>Two teams with one service owner each, and services to work with. Names are unique, so tests share a database.</summary>
internal sealed class CatalogWorld : IAsyncDisposable
{
    private readonly ServiceProvider provider;
    private readonly string mark = Guid.NewGuid().ToString("N")[..8];

    private CatalogWorld(ServiceProvider provider, FakeTimeProvider clock)
    {
        this.provider = provider;
        Clock = clock;
    }

    public FakeTimeProvider Clock { get; }
    public Actor Owner { get; private set; } = null!;
    public Actor Stranger { get; private set; } = null!;
    public string Team => $"payments-{mark}";
    public string OtherTeam => $"search-{mark}";

    public static async Task<CatalogWorld> CreateAsync(string connectionString, CancellationToken ct)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 10, 12, 0, 0, TimeSpan.Zero));
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(clock);
        services.AddDataProtection();
        services.AddPortalData(connectionString);
        services.AddPortalApplication();
        var world = new CatalogWorld(services.BuildServiceProvider(), clock);
        world.Owner = await world.AddOwnerAsync(world.Team, ct);
        world.Stranger = await world.AddOwnerAsync(world.OtherTeam, ct);
        return world;
    }

    public T Get<T>() where T : notnull => provider.GetRequiredService<T>();

    /// <summary>One that is not registered by its own type, such as a pass.</summary>
    public T Create<T>() => ActivatorUtilities.CreateInstance<T>(provider);

    public Task<PortalDbContext> OpenAsync(CancellationToken ct) => Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(ct);

    public string Slug(string name) => $"{name}-{mark}";

    public async Task<string> AddServiceAsync(string name, CancellationToken ct, ServiceTier tier = ServiceTier.Standard)
    {
        var request = new CreateService(Slug(name), name, "", tier, Team, []);
        (await Get<CreateService.Handler>().HandleAsync(request, Owner, ct)).Require();
        return request.Slug;
    }

    public async Task<ServiceDetails> ReadAsync(string slug, CancellationToken ct) =>
        (await Get<GetService.Handler>().HandleAsync(new GetService(slug), Owner, ct)).Require();

    public static UpdateService Changing(ServiceDetails service) =>
        new(service.Slug, service.Slug, service.Name, service.Description, service.Tier, service.Team, service.Links, service.Version);

    private async Task<Actor> AddOwnerAsync(string team, CancellationToken ct)
    {
        var person = Guid.CreateVersion7();
        var id = Guid.CreateVersion7();
        await using var db = await OpenAsync(ct);
        db.Users.Add(new Person { Id = person, DisplayName = $"Owner of {team}", UserName = $"{person:N}@example.org", Email = $"{person:N}@example.org", CreatedAt = Clock.GetUtcNow() });
        db.Teams.Add(new Team(id, team, team, "", Clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return new Actor { Kind = ActorKind.Person, PersonId = person, Name = $"Owner of {team}", Roles = [Role.ServiceOwner], TeamIds = [id] };
    }

    /// <summary>Somebody in no team, with a role that the portal knows of.</summary>
    public async Task<Actor> AddPersonAsync(Role role, CancellationToken ct)
    {
        var person = Guid.CreateVersion7();
        await using var db = await OpenAsync(ct);
        db.Users.Add(new Person { Id = person, DisplayName = $"{role}", UserName = $"{person:N}@example.org", Email = $"{person:N}@example.org", CreatedAt = Clock.GetUtcNow() });
        await db.SaveChangesAsync(ct);
        await PersonRoles.WriteAsync(db, person, [role], ct);
        await db.SaveChangesAsync(ct);
        return new Actor { Kind = ActorKind.Person, PersonId = person, Name = $"{role}", Roles = [role] };
    }

    public ValueTask DisposeAsync() => provider.DisposeAsync();
}
