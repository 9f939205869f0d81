using Npgsql;
using SloPortal.Application.Governance;
using SloPortal.Application.Governance.Retention;
using SloPortal.Application.Tests.Incidents;
using SloPortal.Application.Tests.Objectives;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Governance;
using SloPortal.Domain.Measurement.Retention;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Governance;

/// <summary>Each on a database of its own, since a purge meets everything that is old.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    private string database = "";
    private Agreement agreement = null!;
    private Actor administrator = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestPostgres.CreateDatabaseAsync(Ct);
        agreement = await Agreement.CreateAsync(database, Ct, Now);
        administrator = await agreement.AddPersonAsync("Ada Administrator", Ct, member: false, Role.Administrator);
    }

    public async ValueTask DisposeAsync()
    {
        await agreement.DisposeAsync();
        await TestPostgres.DropDatabaseAsync(database, CancellationToken.None);
    }

    [Fact]
    public async Task Purge_OldMinutes_GoAsThePreviewSaidWithAReceiptAndOnce()
    {
        await ExecuteAsync("DELETE FROM sli_minutes; DELETE FROM sli_hours; DELETE FROM sli_days");
        await agreement.CountAsync(Enumerable.Range(0, 1000).Select(i => (Now.AddDays(-150).AddMinutes(i), 9d, 10d)), Ct);
        await agreement.CountAsync(Enumerable.Range(0, 500).Select(i => (Now.AddDays(-50).AddMinutes(i), 19d, 20d)), Ct);
        await SetAsync(RetentionClass.Minutes, 100);

        var preview = (await agreement.Get<PreviewPurge.Handler>().HandleAsync(new(RetentionClass.Minutes, 100), administrator, Ct)).Require();
        await PurgeAsync();
        await PurgeAsync();

        Assert.Equal((1000, 0, null), (preview.Going, preview.Held, preview.Problem));
        Assert.Equal(500L, await ScalarAsync("SELECT count(*) FROM sli_minutes"));
        var receipt = Assert.Single((await ReadAsync()).Receipts);
        Assert.Equal((RetentionClass.Minutes, 100, 1000, 0), (receipt.Kind, receipt.Days, receipt.Rows, receipt.Holds));
        Assert.NotNull(receipt.EndedAt);
        Assert.Equal(1L, await ScalarAsync("SELECT count(*) FROM audit_entries WHERE action = 'retention.purged'"));
        // A window that is still there counts as before.
        Assert.Equal(10_000d, await ScalarAsync("SELECT max(total_sum) - min(total_sum - total) FROM sli_minutes"));
    }

    [Fact]
    public async Task Purge_ServiceUnderHold_KeepsItsMinutesUntilTheRelease()
    {
        await ExecuteAsync("DELETE FROM sli_minutes; DELETE FROM sli_hours");
        await using var other = await Agreement.CreateAsync(database, Ct, Now);
        await ExecuteAsync("DELETE FROM sli_minutes; DELETE FROM sli_hours");
        await agreement.CountAsync(Enumerable.Range(0, 60).Select(i => (Now.AddDays(-150).AddMinutes(i), 9d, 10d)), Ct);
        await other.CountAsync(Enumerable.Range(0, 40).Select(i => (Now.AddDays(-150).AddMinutes(i), 9d, 10d)), Ct);
        await SetAsync(RetentionClass.Minutes, 100);
        var hold = (await agreement.Get<PlaceLegalHold.Handler>().HandleAsync(new(agreement.Service, null, "Case 12 of 2026."), administrator, Ct)).Require();
        var twice = await agreement.Get<PlaceLegalHold.Handler>().HandleAsync(new(agreement.Service, null, "Again."), administrator, Ct);

        var preview = (await agreement.Get<PreviewPurge.Handler>().HandleAsync(new(RetentionClass.Minutes, 100), administrator, Ct)).Require();
        await PurgeAsync();

        Assert.Equal((40, 60), (preview.Going, preview.Held));
        Assert.Equal(60L, await ScalarAsync("SELECT count(*) FROM sli_minutes"));
        Assert.Equal(1, Assert.Single((await ReadAsync()).Receipts).Holds);
        Assert.Equal(RefusalKind.Conflict, twice.Refusal?.Kind);

        (await agreement.Get<ReleaseLegalHold.Handler>().HandleAsync(new(hold, "The case is closed."), administrator, Ct)).Require();
        await PurgeAsync();
        Assert.Equal(0L, await ScalarAsync("SELECT count(*) FROM sli_minutes"));
    }

    [Fact]
    public async Task Purge_MinutesOfSegments_GoAndAreHeldAsThoseOfTheirSli()
    {
        await ExecuteAsync("DELETE FROM sli_minutes; DELETE FROM sli_hours; DELETE FROM sli_days");
        await ExecuteAsync("INSERT INTO sli_splits (sli_id, labels, cap, since, set_by_name, set_at) SELECT id, '{region}', 2, now(), 'Ada', now() FROM slis LIMIT 1");
        await ExecuteAsync("INSERT INTO sli_segments (id, split_id, sli_id, label_values, is_other, made_at, seq) SELECT 1000000000, id, sli_id, '{eu}', false, now(), 0 FROM sli_splits");
        await ExecuteAsync($"SELECT apply_sli_increments('{{1000000000}}', ARRAY['{Now.AddDays(-150):O}'::timestamptz], '{{9}}', '{{10}}')");
        await SetAsync(RetentionClass.Minutes, 100);
        var hold = (await agreement.Get<PlaceLegalHold.Handler>().HandleAsync(new(agreement.Service, null, "Case 12 of 2026."), administrator, Ct)).Require();

        var held = (await agreement.Get<PreviewPurge.Handler>().HandleAsync(new(RetentionClass.Minutes, 100), administrator, Ct)).Require();
        await PurgeAsync();
        Assert.Equal((0, 1), (held.Going, held.Held));
        Assert.Equal(1L, await ScalarAsync("SELECT count(*) FROM sli_minutes"));

        (await agreement.Get<ReleaseLegalHold.Handler>().HandleAsync(new(hold, "The case is closed."), administrator, Ct)).Require();
        await PurgeAsync();
        Assert.Equal(0L, await ScalarAsync("SELECT count(*) FROM sli_minutes"));
    }

    [Fact]
    public async Task Change_BelowWhatBinds_IsRefusedWithTheReason()
    {
        await agreement.SignByBothAsync(await agreement.ProposeAsync(Ct, terms: agreement.Terms(window: "rolling 28d")), Ct);
        var minimum = (await agreement.Get<AddFrameworkMinimum.Handler>().HandleAsync(new("Contract of 2025", RetentionClass.Minutes, 365, "Annex B", new(2026, 11, 1)), administrator, Ct)).Require();

        var window = await ChangeAsync(RetentionClass.Minutes, 20);
        await SetAsync(RetentionClass.Minutes, 90);
        var applied = await agreement.Get<ApplyFrameworkMinimum.Handler>().HandleAsync(new(minimum, true, "We signed it."), administrator, Ct);
        await SetAsync(RetentionClass.Minutes, 365);
        (await agreement.Get<ApplyFrameworkMinimum.Handler>().HandleAsync(new(minimum, true, "We signed it."), administrator, Ct)).Require();
        var framework = await ChangeAsync(RetentionClass.Minutes, 364);
        var sums = await ChangeAsync(RetentionClass.Sums, 100);
        var records = await agreement.Get<ChangeRetention.Handler>().HandleAsync(new(RetentionClass.Records, 100, "Space.", 0), administrator, Ct);

        Assert.Contains("judged over 28 days, rolling", window.Refusal!.Message, StringComparison.Ordinal);
        Assert.Contains("kept for 90 days, and Contract of 2025 asks for 365 days", applied.Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal("364 days is too short: Contract of 2025 asks for 365 days, so keep at least 365 days.", framework.Refusal!.Message);
        Assert.Contains("at least as long", sums.Refusal!.Message, StringComparison.Ordinal);
        Assert.Contains("kept for good", records.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Window_LongerThanMinutesAreKept_IsRefused()
    {
        await SetAsync(RetentionClass.Minutes, 60);

        var proposed = await agreement.Get<Application.Objectives.Proposals.ProposeObjective.Handler>().HandleAsync(
            new(agreement.Service, "orders-placed", "Orders placed", "", agreement.Terms(window: "rolling 90d")), agreement.Owner, Ct);
        var promised = await agreement.Get<CreateContract.Handler>().HandleAsync(
            new("Larkfield", agreement.Service, "orders", 99.9m, "calendar quarter UTC", new(2026, 10, 1), null, "EUR", 1000m, [new CreditTier(99.9m, 10m)]), agreement.Owner, Ct);

        Assert.Contains("kept for 60 days, and this window takes 90", proposed.Refusal!.Message, StringComparison.Ordinal);
        Assert.Contains("kept for 60 days, and this window takes 92", promised.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hold_OfAnIncidentThatTheReaderMayNotSee_IsInvisibleAndHolds()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync(restricted: true);
        var reader = world.Commander with { Roles = [Role.Administrator, Role.IncidentCommander] };
        var place = world.Get<PlaceLegalHold.Handler>();

        var unseen = await place.HandleAsync(new(null, number, "A case."), world.Administrator, Ct);
        var hold = (await place.HandleAsync(new(null, number, "A case."), reader, Ct)).Require();

        Assert.Equal($"There is no incident INC-{number}.", unseen.Refusal!.Message);
        Assert.Empty((await world.Get<GetRetention.Handler>().HandleAsync(new(), world.Administrator, Ct)).Require().Holds);
        Assert.Equal(number, Assert.Single((await world.Get<GetRetention.Handler>().HandleAsync(new(), reader, Ct)).Require().Holds).Incident);
        Assert.Equal(RefusalKind.NotFound, (await world.Get<ReleaseLegalHold.Handler>().HandleAsync(new(hold, "Over."), world.Administrator, Ct)).Refusal?.Kind);
        await using (var old = world.Portal.Database.CreateCommand("INSERT INTO sli_days (sli_id, day, good, total, minutes) SELECT id, '2026-01-01', 1, 1, 1 FROM slis"))
            await old.ExecuteNonQueryAsync(Ct);
        var before = (await world.Get<PreviewPurge.Handler>().HandleAsync(new(RetentionClass.Sums, 1), world.Administrator, Ct)).Require();
        Assert.Equal(0, before.Going);
        Assert.Equal(1, before.Held);
    }

    private Task PurgeAsync() => agreement.Pass<PurgeOldData>().RunAsync(Now, Ct);

    private async Task<RetentionView> ReadAsync() => (await agreement.Get<GetRetention.Handler>().HandleAsync(new(), administrator, Ct)).Require();

    private async Task<Outcome<Done>> ChangeAsync(RetentionClass kind, int? days) => await agreement.Get<ChangeRetention.Handler>().HandleAsync(
        new(kind, days, "We need it so.", (await ReadAsync()).Kinds.Single(k => k.Kind == kind).Version!.Value), administrator, Ct);

    private async Task SetAsync(RetentionClass kind, int? days) => (await ChangeAsync(kind, days)).Require();

    private async Task ExecuteAsync(string sql)
    {
        await using var command = agreement.Get<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var command = agreement.Get<NpgsqlDataSource>().CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct);
    }
}
