using SloPortal.Application.Catalog;
using SloPortal.Domain.Common;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Catalog;

public sealed class ArchiveServiceTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandleAsync_ThenRestore_LeavesTheListAndComesBack()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        var slug = await world.AddServiceAsync("checkout", Ct);

        (await world.Get<ArchiveService.Handler>().HandleAsync(new ArchiveService(slug), world.Owner, Ct)).Require();
        Assert.DoesNotContain(slug, await ListAsync(world, archived: false));
        Assert.Contains(slug, await ListAsync(world, archived: true));

        (await world.Get<RestoreService.Handler>().HandleAsync(new RestoreService(slug), world.Owner, Ct)).Require();
        Assert.Contains(slug, await ListAsync(world, archived: false));
        Assert.Null((await world.ReadAsync(slug, Ct)).ArchivedAt);
    }

    [Fact]
    public async Task HandleAsync_ByAnotherTeam_IsDenied()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        var slug = await world.AddServiceAsync("checkout", Ct);

        var outcome = await world.Get<ArchiveService.Handler>().HandleAsync(new ArchiveService(slug), world.Stranger, Ct);

        Assert.Equal(RefusalKind.Denied, outcome.Refusal?.Kind);
        Assert.Contains(slug, await ListAsync(world, archived: false));
    }

    private static async Task<IEnumerable<string>> ListAsync(CatalogWorld world, bool archived) =>
        (await world.Get<ListServices.Handler>().HandleAsync(new ListServices(Team: world.Team, Archived: archived), world.Owner, Ct)).Require().Select(s => s.Slug);
}
