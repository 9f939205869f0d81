using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Catalog;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Catalog;

public sealed class UpdateServiceTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HandleAsync_ChangedFields_StoresAndAuditsBeforeAndAfterOfThoseOnly()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        var before = await world.ReadAsync(await world.AddServiceAsync("checkout", Ct), Ct);

        var outcome = await UpdateAsync(world, CatalogWorld.Changing(before) with { Name = "Checkout 2", Links = [new ServiceLink("Runbook", "https://example.org/r")] });

        Assert.True(outcome.Succeeded);
        var after = await world.ReadAsync(before.Slug, Ct);
        Assert.Equal("Checkout 2", after.Name);
        Assert.Equal("https://example.org/r", Assert.Single(after.Links).Url);
        await using var db = await world.OpenAsync(Ct);
        var entry = await db.AuditEntries.SingleAsync(e => e.SubjectId == before.Id.ToString() && e.Action == "service.changed", Ct);
        Assert.Contains("\"before\":\"checkout\"", entry.Details, StringComparison.Ordinal);
        Assert.Contains("\"after\":\"Checkout 2\"", entry.Details, StringComparison.Ordinal);
        Assert.DoesNotContain("tier", entry.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_VersionMovedOn_IsAConflictAndChangesNothing()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        var read = await world.ReadAsync(await world.AddServiceAsync("checkout", Ct), Ct);
        (await UpdateAsync(world, CatalogWorld.Changing(read) with { Name = "First" })).Require();

        var second = await UpdateAsync(world, CatalogWorld.Changing(read) with { Name = "Second" });

        Assert.Equal(RefusalKind.Conflict, second.Refusal?.Kind);
        Assert.Equal("First", (await world.ReadAsync(read.Slug, Ct)).Name);
    }

    [Fact]
    public async Task HandleAsync_LinkThatIsNothing_NamesTheField()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        var read = await world.ReadAsync(await world.AddServiceAsync("checkout", Ct), Ct);

        var outcome = await UpdateAsync(world, CatalogWorld.Changing(read) with { Links = [null!] });

        Assert.Contains("Links", outcome.Refusal!.Fields!.Keys);
    }

    [Fact]
    public async Task HandleAsync_ShortNameOfAnother_NamesTheField()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        var taken = await world.AddServiceAsync("search", Ct);
        var read = await world.ReadAsync(await world.AddServiceAsync("checkout", Ct), Ct);

        var outcome = await UpdateAsync(world, CatalogWorld.Changing(read) with { Slug = taken });

        Assert.Equal(RefusalKind.Conflict, outcome.Refusal?.Kind);
        Assert.Contains("Slug", outcome.Refusal?.Fields?.Keys ?? []);
    }

    [Fact]
    public async Task HandleAsync_HandedToATeamOfOthers_IsDenied()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        var read = await world.ReadAsync(await world.AddServiceAsync("checkout", Ct), Ct);

        var outcome = await UpdateAsync(world, CatalogWorld.Changing(read) with { OwnerTeam = world.OtherTeam });

        Assert.Equal(RefusalKind.Denied, outcome.Refusal?.Kind);
    }

    [Fact]
    public async Task HandleAsync_ByAnotherTeam_IsDenied()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        var read = await world.ReadAsync(await world.AddServiceAsync("checkout", Ct), Ct);

        var outcome = await world.Get<UpdateService.Handler>().HandleAsync(CatalogWorld.Changing(read), world.Stranger, Ct);

        Assert.Equal(RefusalKind.Denied, outcome.Refusal?.Kind);
    }

    private static Task<Outcome<Done>> UpdateAsync(CatalogWorld world, UpdateService request) =>
        world.Get<UpdateService.Handler>().HandleAsync(request, world.Owner, Ct);
}
