using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using SloPortal.Application.Governance.Retention;
using SloPortal.Application.Tests.Objectives;
using SloPortal.Data;
using SloPortal.Data.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Measurement.Retention;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Governance;

/// <summary>Each on a database of its own, whose months begin when the database was made; the tests count from the first of them on.</summary>
public sealed class MinuteMonthsTests : IAsyncLifetime
{
    private string database = "";
    private Agreement agreement = null!;
    private Actor administrator = null!;
    private DateTimeOffset first;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Some days into the sixth month; what is older than 100 days begins within the third.</summary>
    private DateTimeOffset Now => first.AddMonths(5).AddDays(20);

    private DateTimeOffset Cut => Now.AddDays(-100);

    public async ValueTask InitializeAsync()
    {
        database = await TestPostgres.CreateDatabaseAsync(Ct);
        await using (var source = NpgsqlDataSource.Create(database))
        await using (var command = source.CreateCommand("SELECT min(starts) FROM minute_months()"))
            first = new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(Ct))!);
        agreement = await Agreement.CreateAsync(database, Ct, Now);
        administrator = await agreement.AddPersonAsync("Ada Administrator", Ct, member: false, Role.Administrator);
        await ForgetCountsAsync();
        await ExecuteAsync("UPDATE retention_rules SET days = 100 WHERE kind = 'Minutes'");
    }

    public async ValueTask DisposeAsync()
    {
        await agreement.DisposeAsync();
        await TestPostgres.DropDatabaseAsync(database, CancellationToken.None);
    }

    [Fact]
    public async Task Purge_MonthsThatAreOlderAsAWhole_GoWithTheirTablesAsThePreviewSaid()
    {
        await CountAsync(agreement, first.AddDays(-1), 2);
        await CountAsync(agreement, first, 3);
        await CountAsync(agreement, first.AddMonths(1).AddDays(3), 4);
        await CountAsync(agreement, Cut.AddMinutes(-5), 12);

        var preview = await PreviewAsync();
        await PurgeAsync();
        await PurgeAsync();

        Assert.Equal((2 + 3 + 4 + 5, 0), (preview.Going, preview.Held));
        Assert.Equal(14L, Assert.Single(await ReceiptsAsync()).Rows);
        Assert.Equal(7L, await ScalarAsync("SELECT count(*) FROM sli_minutes"));
        Assert.Equal(first.AddMonths(2), await OldestMonthAsync());
        Assert.Null(await ScalarAsync($"SELECT to_regclass('sli_minutes_{first:yyyy_MM}')::text"));
        // What comes as old again is taken all the same, and continues the sums.
        await CountAsync(agreement, first.AddDays(7), 1);
        Assert.Equal(80d, await ScalarAsync("SELECT max(total_sum) - min(total_sum - total) FROM sli_minutes"));
    }

    [Fact]
    public async Task Purge_MonthOfWhichAHoldKeepsRows_StaysWithThese()
    {
        await using var other = await Agreement.CreateAsync(database, Ct, Now);
        await ForgetCountsAsync();
        await CountAsync(other, first, 5);
        await CountAsync(other, first.AddMonths(1), 6);
        await CountAsync(agreement, first.AddMonths(1), 7);
        await CountAsync(other, first.AddMonths(2), 8);
        await ExecuteAsync("UPDATE retention_rules SET days = 60 WHERE kind = 'Minutes'");
        var hold = (await agreement.Get<PlaceLegalHold.Handler>().HandleAsync(new(agreement.Service, null, "Case 12 of 2026."), administrator, Ct)).Require();

        var preview = await PreviewAsync(60);
        await PurgeAsync();

        Assert.Equal((19, 7), (preview.Going, preview.Held));
        Assert.Equal(19L, Assert.Single(await ReceiptsAsync()).Rows);
        Assert.Equal(7L, await ScalarAsync($"SELECT count(*) FROM sli_minutes WHERE sli_id = {agreement.SliId}"));
        Assert.Equal(7L, await ScalarAsync("SELECT count(*) FROM sli_minutes"));
        Assert.Equal(first.AddMonths(1), await OldestMonthAsync());
        await CountAsync(other, first.AddMonths(2), 1);

        (await agreement.Get<ReleaseLegalHold.Handler>().HandleAsync(new(hold, "The case is closed."), administrator, Ct)).Require();
        await PurgeAsync();
        Assert.Equal(0L, await ScalarAsync("SELECT count(*) FROM sli_minutes"));
        Assert.Equal(first.AddMonths(3), await OldestMonthAsync());
    }

    [Fact]
    public async Task Purge_SomebodyReadsForLong_DeletesTheRowsAndTheTableNextTime()
    {
        await CountAsync(agreement, first, 3);
        await using (var reader = await agreement.Get<NpgsqlDataSource>().OpenConnectionAsync(Ct))
        await using (await reader.BeginTransactionAsync(Ct))
        {
            await using var read = new NpgsqlCommand("SELECT count(*) FROM sli_minutes", reader);
            await read.ExecuteScalarAsync(Ct);
            await PurgeAsync();
        }

        Assert.Equal(3L, Assert.Single(await ReceiptsAsync()).Rows);
        Assert.Equal(0L, await ScalarAsync("SELECT count(*) FROM sli_minutes"));
        Assert.Equal(first, await OldestMonthAsync());

        await PurgeAsync();
        Assert.Equal(first.AddMonths(2), await OldestMonthAsync());
    }

    [Fact]
    public async Task Count_MonthWithoutATable_IsTakenAndGetsItsMonthInTheNextPurge()
    {
        var end = await NewestEndAsync();
        await CountAsync(agreement, end.AddMinutes(-1), 1);
        await CountAsync(agreement, end.AddDays(1), 2);
        await CountAsync(agreement, end.AddMonths(7), 1);
        Assert.Equal(3L, await ScalarAsync("SELECT count(*) FROM sli_minutes_after"));

        await agreement.Pass<PurgeOldData>().RunAsync(end.AddDays(2), Ct);

        Assert.Equal(2L, await ScalarAsync($"SELECT count(*) FROM sli_minutes_{end:yyyy_MM}"));
        Assert.Equal(1L, await ScalarAsync("SELECT count(*) FROM sli_minutes_after"));
        Assert.Equal(end.AddMonths(3), await NewestEndAsync());
        Assert.Equal(40d, await ScalarAsync("SELECT max(total_sum) FROM sli_minutes"));
    }

    [Fact]
    public async Task KeepAndDrop_TwoPortalsAtOnce_MakeAndCountEachMonthOnce()
    {
        var end = await NewestEndAsync();
        await CountAsync(agreement, first, 9);

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ScalarAsync($"SELECT keep_minute_months('{end.AddMonths(2):O}')")));
        var gone = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ScalarAsync($"SELECT drop_minute_month('{first:O}')")));

        Assert.Equal([0, 0, 0, 3], made.Order());
        Assert.Equal([0L, 0L, 0L, 9L], gone.Order());
        Assert.Equal((first.AddMonths(1), end.AddMonths(3)), (await OldestMonthAsync(), await NewestEndAsync()));
    }

    [Fact]
    public async Task Sizes_Minutes_AreThoseOfAllMonths()
    {
        await ExecuteAsync($"INSERT INTO sli_minutes SELECT 1, minute, 1, 1, 1, 1 FROM generate_series('{first:O}'::timestamptz, '{first.AddDays(60):O}', '10 minutes') AS minute");
        var months = (long)(await ScalarAsync("SELECT sum(pg_total_relation_size(relid))::bigint FROM pg_partition_tree('sli_minutes')"))!;

        var view = (await agreement.Get<GetRetention.Handler>().HandleAsync(new(), administrator, Ct)).Require();

        Assert.True(months > 500_000);
        Assert.InRange(view.Kinds.Single(k => k.Kind == RetentionClass.Minutes).Bytes, months, months + 500_000);
    }

    [Fact]
    public async Task Migrate_TableOfAllMinutes_KeepsEveryRowInItsMonth()
    {
        await ExecuteAsync("CREATE DATABASE " + OldName);
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { Database = OldName, Pooling = false }.ConnectionString);
        try
        {
            var options = new DbContextOptionsBuilder<PortalDbContext>();
            DataRegistration.Configure(options, source);
            await using var db = new PortalDbContext(options.Options);
            await db.GetService<IMigrator>().MigrateAsync("20261127071349_CoverageAndSegments", Ct);
            await db.Database.ExecuteSqlRawAsync(
                "SELECT apply_sli_increments(array_fill(1, ARRAY[5]), ARRAY[timestamptz '2024-02-29 23:59Z', '2024-03-01Z', now() - interval '30 days', now(), now() + interval '1 year'], ARRAY[1, 2, 3, 4, 5], ARRAY[2, 3, 4, 5, 6])", Ct);
            const string Rows = "SELECT string_agg(m::text, ' ' ORDER BY minute) AS \"Value\" FROM sli_minutes m";
            var before = await db.Database.SqlQueryRaw<string>(Rows).SingleAsync(Ct);

            await db.Database.MigrateAsync(Ct);

            Assert.Equal(before, await db.Database.SqlQueryRaw<string>(Rows).SingleAsync(Ct));
            Assert.Equal(
                "sli_minutes_2024_02 sli_minutes_2024_03",
                await db.Database.SqlQueryRaw<string>("SELECT string_agg(tableoid::regclass::text, ' ' ORDER BY minute) AS \"Value\" FROM sli_minutes WHERE minute < '2024-04-01Z'").SingleAsync(Ct));
            await db.Database.ExecuteSqlRawAsync("SELECT apply_sli_increments(ARRAY[1], ARRAY[timestamptz '2024-03-01Z'], ARRAY[1], ARRAY[1])", Ct);
            Assert.Equal(21d, await db.Database.SqlQueryRaw<double>("SELECT max(total_sum) AS \"Value\" FROM sli_minutes").SingleAsync(Ct));
        }
        finally
        {
            await ExecuteAsync($"DROP DATABASE {OldName} WITH (FORCE)");
        }
    }

    private string OldName => new NpgsqlConnectionStringBuilder(database).Database + "_old";

    private static Task CountAsync(Agreement of, DateTimeOffset from, int minutes) =>
        of.CountAsync(Enumerable.Range(0, minutes).Select(i => (from.AddMinutes(i), 9d, 10d)), Ct);

    private Task ForgetCountsAsync() => ExecuteAsync("TRUNCATE sli_minutes, sli_hours, sli_days");

    private Task PurgeAsync() => agreement.Pass<PurgeOldData>().RunAsync(Now, Ct);

    private async Task<PurgePreview> PreviewAsync(int days = 100) =>
        (await agreement.Get<PreviewPurge.Handler>().HandleAsync(new(RetentionClass.Minutes, days), administrator, Ct)).Require();

    private async Task<IReadOnlyList<Domain.Governance.Retention.PurgeReceipt>> ReceiptsAsync() =>
        (await agreement.Get<GetRetention.Handler>().HandleAsync(new(), administrator, Ct)).Require().Receipts;

    private async Task<DateTimeOffset> OldestMonthAsync() => new((DateTime)(await ScalarAsync("SELECT min(starts) FROM minute_months()"))!);

    private async Task<DateTimeOffset> NewestEndAsync() => new((DateTime)(await ScalarAsync("SELECT max(ends) FROM minute_months()"))!);

    private async Task ExecuteAsync(string sql)
    {
        await using var command = agreement.Get<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var command = agreement.Get<NpgsqlDataSource>().CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct) is var value and not DBNull ? value : null;
    }
}
