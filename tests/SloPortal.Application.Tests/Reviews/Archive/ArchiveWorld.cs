using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SloPortal.Application.Reviews.Archive;
using SloPortal.Application.Reviews.Archive.Import;
using SloPortal.Data;
using SloPortal.Data.Access;
using SloPortal.Data.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Tests.Reviews.Archive;

/// <summary>An archive to search, and people who search it. A database holds one.</summary>
internal sealed class ArchiveWorld : IAsyncDisposable
{
    private readonly ServiceProvider provider;

    private ArchiveWorld(ServiceProvider provider) => this.provider = provider;

    public static DateTimeOffset Now { get; } = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    public Actor Viewer { get; } = new() { Kind = ActorKind.Person, PersonId = Guid.CreateVersion7(), Name = "Vera Viewer", Roles = [Role.Viewer] };

    public Actor Administrator { get; } = new() { Kind = ActorKind.Person, PersonId = Guid.CreateVersion7(), Name = "Ada Administrator", Roles = [Role.Administrator] };

    public static async Task<ArchiveWorld> CreateAsync(string connectionString, CancellationToken ct)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(new FakeTimeProvider(Now));
        services.AddPortalData(connectionString);
        services.AddPortalApplication();
        var world = new ArchiveWorld(services.BuildServiceProvider());
        await using var db = await world.OpenAsync(ct);
        foreach (var actor in new[] { world.Viewer, world.Administrator })
            db.Users.Add(new Person { Id = actor.PersonId, DisplayName = actor.Name, UserName = $"{actor.PersonId:N}", Email = $"{actor.PersonId:N}@example.org", CreatedAt = Now });
        await db.SaveChangesAsync(ct);
        return world;
    }

    public T Get<T>() where T : notnull => provider.GetRequiredService<T>();

    public Task<PortalDbContext> OpenAsync(CancellationToken ct) => Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(ct);

    /// <summary>Published unless another state is asked for.</summary>
    /// <returns>Its number.</returns>
    public async Task<int> AddAsync(
        string title, string body = "", string summary = "", string? service = null, string? factor = null, IncidentSeverity? severity = null,
        DateTimeOffset? startedAt = null, PostmortemState state = PostmortemState.Published, bool restrictedTo = false, Actor? reader = null, CancellationToken ct = default)
    {
        await using var db = await OpenAsync(ct);
        var id = Guid.CreateVersion7();
        Guid? incidentId = null;
        if (restrictedTo)
        {
            var incident = new Incident(Guid.CreateVersion7(), title, "", IncidentSeverity.Sev1, Now, Administrator.PersonId, Now);
            incident.Restrict(reader is null ? [] : [reader.PersonId]);
            db.Incidents.Add(incident);
            incidentId = incident.Id;
        }
        var postmortem = new Postmortem(id, incidentId, title, Now, Administrator.PersonId);
        _ = postmortem.Revise(new PostmortemText(title, summary, body), Administrator.PersonId, Administrator.Name, Now).Require();
        postmortem.Place(severity, startedAt, null, null);
        if (service is not null)
            postmortem.Services.Add(new PostmortemService(id, await ServiceAsync(db, service, ct)));
        if (factor is not null)
            postmortem.Factors.Add(new PostmortemFactor(id, factor, ""));
        if (state >= PostmortemState.InReview)
            _ = postmortem.Submit(Now);
        if (state >= PostmortemState.Approved)
            _ = postmortem.Approve(Viewer.PersonId, [Administrator.PersonId], Now);
        if (state == PostmortemState.Published)
            _ = postmortem.Publish(Now);
        db.Postmortems.Add(postmortem);
        await db.SaveChangesAsync(ct);
        return postmortem.Number;
    }

    public async Task<ArchivePage> SearchAsync(ArchiveFilter filter, CancellationToken ct, Actor? actor = null, int page = 1, int size = 20) =>
        (await Get<SearchPostmortems.Handler>().HandleAsync(new SearchPostmortems(filter, page, size), actor ?? Viewer, ct)).Require();

    public Task<ArchivePage> SearchAsync(string? query, CancellationToken ct, Actor? actor = null) => SearchAsync(new ArchiveFilter(query), ct, actor);

    public async Task<ImportReport> ImportAsync(CancellationToken ct, bool dryRun = false, params ImportedFile[] files) =>
        (await Get<ImportPostmortems.Handler>().HandleAsync(new ImportPostmortems(files, dryRun), Administrator, ct)).Require();

    public ValueTask DisposeAsync() => provider.DisposeAsync();

    private static async Task<Guid> ServiceAsync(PortalDbContext db, string slug, CancellationToken ct)
    {
        if (await db.Services.SingleOrDefaultAsync(s => s.Slug == slug, ct) is { } known)
            return known.Id;
        var team = new Team(Guid.CreateVersion7(), "team-of-" + slug, "Team", "", Now);
        var service = new Service(Guid.CreateVersion7(), slug, slug, "", ServiceTier.Standard, team.Id, [], Now);
        db.AddRange(team, service);
        await db.SaveChangesAsync(ct);
        return service.Id;
    }
}
