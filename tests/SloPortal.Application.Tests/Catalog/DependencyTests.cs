using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Catalog.Dependencies;
using SloPortal.Application.Catalog.Vendors;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Common;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Catalog;

public sealed class DependencyTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_OnItself_IsRefusedByName()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        var checkout = await world.AddServiceAsync("checkout", Ct);

        var outcome = await AddAsync(world, checkout, checkout);

        Assert.Equal("checkout cannot depend on itself. Choose another service.", outcome.Refusal?.Message);
    }

    [Fact]
    public async Task Add_ClosingACircle_IsRefusedWithASentenceThatNamesIt()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        var (checkout, payments, ledger) = (await world.AddServiceAsync("checkout", Ct), await world.AddServiceAsync("payments", Ct), await world.AddServiceAsync("ledger", Ct));
        (await AddAsync(world, checkout, payments)).Require();
        (await AddAsync(world, payments, ledger)).Require();

        var outcome = await AddAsync(world, ledger, checkout);

        Assert.Equal(RefusalKind.Invalid, outcome.Refusal?.Kind);
        Assert.Contains("ledger → checkout → payments → ledger", outcome.Refusal!.Message, StringComparison.Ordinal);
        Assert.Contains("OnService", outcome.Refusal.Fields!.Keys);
    }

    [Fact]
    public async Task Add_TwoThatTogetherCloseACircle_OnlyOneSucceeds()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        for (var round = 0; round < 10; round++)
        {
            var (one, other) = (await world.AddServiceAsync($"one-{round}", Ct), await world.AddServiceAsync($"other-{round}", Ct));

            var outcomes = await Task.WhenAll(Task.Run(() => AddAsync(world, one, other), Ct), Task.Run(() => AddAsync(world, other, one), Ct));

            Assert.Contains("close a circle", Assert.Single(outcomes, o => !o.Succeeded).Refusal!.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Add_ByAnotherTeamOrAnAuditor_IsDenied()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        var (checkout, payments) = (await world.AddServiceAsync("checkout", Ct), await world.AddServiceAsync("payments", Ct));
        var auditor = await world.AddPersonAsync(Role.Auditor, Ct);

        Assert.Equal(RefusalKind.Denied, (await AddAsync(world, checkout, payments, world.Stranger)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Denied, (await AddAsync(world, checkout, payments, auditor)).Refusal?.Kind);
    }

    [Fact]
    public async Task ArchiveVendor_WhileAServiceDependsOnIt_IsRefusedByName()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        var checkout = await world.AddServiceAsync("checkout", Ct);
        var vendor = await AddVendorAsync(world);
        var dependency = (await world.Get<AddDependency.Handler>().HandleAsync(new AddDependency(checkout, null, vendor, DependencyKind.Soft), world.Owner, Ct)).Require();
        var archive = world.Get<ArchiveVendor.Handler>();

        Assert.Contains("checkout still depends on Acme", (await archive.HandleAsync(new(vendor), world.Owner, Ct)).Refusal!.Message, StringComparison.Ordinal);
        (await world.Get<RemoveDependency.Handler>().HandleAsync(new(checkout, dependency), world.Owner, Ct)).Require();
        Assert.Equal(RefusalKind.Denied, (await archive.HandleAsync(new(vendor), world.Stranger, Ct)).Refusal?.Kind);
        (await archive.HandleAsync(new(vendor), world.Owner, Ct)).Require();

        Assert.Equal((false, true), (await IsListedAsync(archived: false), await IsListedAsync(archived: true)));
        Assert.Contains("archived", (await world.Get<AddDependency.Handler>().HandleAsync(new AddDependency(checkout, null, vendor), world.Owner, Ct)).Refusal!.Message, StringComparison.Ordinal);
        (await world.Get<RestoreVendor.Handler>().HandleAsync(new(vendor), world.Owner, Ct)).Require();
        (await world.Get<AddDependency.Handler>().HandleAsync(new AddDependency(checkout, null, vendor), world.Owner, Ct)).Require();

        async Task<bool> IsListedAsync(bool archived) => (await world.Get<ListVendors.Handler>().HandleAsync(new(vendor, archived), world.Owner, Ct)).Require().Count == 1;
    }

    [Fact]
    public async Task Add_SoftInAGroup_IsRefusedWithTheReason()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        var (checkout, payments) = (await world.AddServiceAsync("checkout", Ct), await world.AddServiceAsync("payments", Ct));

        var outcome = await world.Get<AddDependency.Handler>().HandleAsync(new AddDependency(checkout, payments, null, DependencyKind.Soft, "pool"), world.Owner, Ct);

        Assert.Contains("Group", outcome.Refusal!.Fields!.Keys);
    }

    [Fact]
    public async Task Get_SeveralLevels_ShowsWhatIsBelowAndAboveAndWritesTheAudit()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        var (checkout, payments, ledger) = (await world.AddServiceAsync("checkout", Ct), await world.AddServiceAsync("payments", Ct), await world.AddServiceAsync("ledger", Ct));
        var vendor = await AddVendorAsync(world);
        (await AddAsync(world, checkout, payments)).Require();
        (await AddAsync(world, payments, ledger)).Require();
        (await world.Get<AddDependency.Handler>().HandleAsync(new AddDependency(payments, null, vendor, Note: "Cards."), world.Owner, Ct)).Require();

        var picture = (await world.Get<GetDependencies.Handler>().HandleAsync(new GetDependencies(payments), world.Stranger, Ct)).Require();

        Assert.Equal([vendor, ledger], picture.Below.Select(e => picture.Nodes.Single(n => n.Id == e.On).Slug).Order(StringComparer.Ordinal));
        Assert.Equal(checkout, picture.Nodes.Single(n => n.Id == Assert.Single(picture.Above).From).Slug);
        Assert.False(picture.MayChange);
        await using var db = await world.OpenAsync(Ct);
        var entry = await db.AuditEntries.OrderByDescending(e => e.Number).FirstAsync(e => e.SubjectId == picture.ServiceId.ToString() && e.Action == "dependency.added", Ct);
        Assert.Contains("Cards.", entry.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_VersionMovedOn_IsAConflict()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        var (checkout, payments) = (await world.AddServiceAsync("checkout", Ct), await world.AddServiceAsync("payments", Ct));
        (await AddAsync(world, checkout, payments)).Require();
        var edge = Assert.Single((await ReadAsync(world, checkout)).Below);
        (await ChangeAsync(world, checkout, edge, "First.")).Require();

        var second = await ChangeAsync(world, checkout, edge, "Second.");

        Assert.Equal(RefusalKind.Conflict, second.Refusal?.Kind);
        Assert.Equal("First.", Assert.Single((await ReadAsync(world, checkout)).Below).Note);
    }

    [Fact]
    public async Task Remove_LastOfAGroup_TakesTheGroupToo()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        var (checkout, east, west) = (await world.AddServiceAsync("checkout", Ct), await world.AddServiceAsync("east", Ct), await world.AddServiceAsync("west", Ct));
        foreach (var region in new[] { east, west })
            (await world.Get<AddDependency.Handler>().HandleAsync(new AddDependency(checkout, region, null, Group: "regions"), world.Owner, Ct)).Require();
        var picture = await ReadAsync(world, checkout);
        Assert.Equal(["regions", "regions"], picture.Below.Select(e => e.Group));

        foreach (var edge in picture.Below)
            (await world.Get<RemoveDependency.Handler>().HandleAsync(new RemoveDependency(checkout, edge.Id), world.Owner, Ct)).Require();

        await using var db = await world.OpenAsync(Ct);
        Assert.False(await db.RedundantGroups.AnyAsync(g => g.ServiceId == picture.ServiceId, Ct));
    }

    [Fact]
    public async Task Correct_AnOutage_KeepsTheFirstEntry()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        var vendor = await AddVendorAsync(world);
        var start = world.Clock.GetUtcNow().AddHours(-3);
        var first = (await world.Get<RecordOutage.Handler>().HandleAsync(new RecordOutage(vendor, start, null, "A call", "Cards time out."), world.Owner, Ct)).Require();

        (await world.Get<CorrectOutage.Handler>().HandleAsync(new CorrectOutage(vendor, first, start, start.AddHours(1), "https://status.example", "It ended."), world.Owner, Ct)).Require();
        var again = await world.Get<CorrectOutage.Handler>().HandleAsync(new CorrectOutage(vendor, first, start, start.AddHours(2), "A mail", "No, later."), world.Owner, Ct);

        Assert.Equal(RefusalKind.Conflict, again.Refusal?.Kind);
        var outages = (await world.Get<GetVendor.Handler>().HandleAsync(new GetVendor(vendor), world.Owner, Ct)).Require().Outages;
        Assert.Equal("Corrected: It ended.", outages.Single(o => o.Id == first).WithdrawnReason);
        Assert.Equal(first, outages.Single(o => o.WithdrawnAt is null).Corrects);
    }

    [Theory]
    [InlineData(1, null, "StartedAt")]
    [InlineData(-2, 1, "EndedAt")]
    [InlineData(-2, -3, "EndedAt")]
    public async Task Record_StretchThatCannotBe_IsRefused(int startHours, int? endHours, string field)
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        var now = world.Clock.GetUtcNow();

        var outcome = await world.Get<RecordOutage.Handler>().HandleAsync(
            new RecordOutage(await AddVendorAsync(world), now.AddHours(startHours), endHours is { } end ? now.AddHours(end) : null, "A call", "Away."), world.Owner, Ct);

        Assert.Contains(field, outcome.Refusal!.Fields!.Keys);
    }

    [Fact]
    public async Task Risks_BeforeAndAfterAnAssessment_AreOverdueAndThenNot()
    {
        await using var world = await CatalogWorld.CreateAsync(postgres.ConnectionString, Ct);
        var (checkout, vendor) = (await world.AddServiceAsync("checkout", Ct), await AddVendorAsync(world));
        var id = (await world.Get<AddDependency.Handler>().HandleAsync(new AddDependency(checkout, null, vendor), world.Owner, Ct)).Require();
        Assert.True(Assert.Single(await RisksAsync(world, checkout)).IsOverdue);
        var assess = new AssessRisk(id, world.Owner.PersonId, new DateOnly(2026, 11, 10), RiskState.Accepted, "We wait.", null);

        Assert.Equal(RefusalKind.Denied, (await world.Get<AssessRisk.Handler>().HandleAsync(assess, world.Stranger, Ct)).Refusal?.Kind);
        (await world.Get<AssessRisk.Handler>().HandleAsync(assess, world.Owner, Ct)).Require();
        Assert.Equal(RefusalKind.Conflict, (await world.Get<AssessRisk.Handler>().HandleAsync(assess, world.Owner, Ct)).Refusal?.Kind);

        Assert.False(Assert.Single(await RisksAsync(world, checkout)).IsOverdue);
        world.Clock.Advance(TimeSpan.FromDays(1));
        Assert.True(Assert.Single(await RisksAsync(world, checkout)).IsOverdue);
    }

    private static Task<Outcome<Guid>> AddAsync(CatalogWorld world, string from, string on, Actor? actor = null) =>
        world.Get<AddDependency.Handler>().HandleAsync(new AddDependency(from, on, null), actor ?? world.Owner, Ct);

    private static Task<Outcome<Done>> ChangeAsync(CatalogWorld world, string service, DependencyEdge edge, string note) =>
        world.Get<ChangeDependency.Handler>().HandleAsync(new ChangeDependency(service, edge.Id, edge.Kind, null, 1, note, edge.Version), world.Owner, Ct);

    private static async Task<DependencyPicture> ReadAsync(CatalogWorld world, string service) =>
        (await world.Get<GetDependencies.Handler>().HandleAsync(new GetDependencies(service), world.Owner, Ct)).Require();

    private static async Task<IReadOnlyList<RiskRow>> RisksAsync(CatalogWorld world, string service) =>
        (await world.Get<ListRisks.Handler>().HandleAsync(new ListRisks(service), world.Owner, Ct)).Require();

    private static async Task<string> AddVendorAsync(CatalogWorld world)
    {
        var slug = world.Slug("acme");
        (await world.Get<CreateVendor.Handler>().HandleAsync(new CreateVendor(slug, "Acme", "", world.Team), world.Owner, Ct)).Require();
        return slug;
    }
}
