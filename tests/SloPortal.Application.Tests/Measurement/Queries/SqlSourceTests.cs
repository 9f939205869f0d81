using Npgsql;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Application.Measurement.Queries;
using SloPortal.Application.Tests.Measurement.Files;
using SloPortal.Application.Tests.Measurement.Slis;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Tests.Measurement.Queries;

/// <summary>A statement against the portal's own test database, reached over a port as any other.</summary>
public sealed class SqlSourceTests : IAsyncLifetime
{
    private const string Statement = "SELECT at AS time, good, total FROM shop_counts WHERE at >= @since";

    private FilePortal files = null!;
    private TcpRelay? relay;
    private string connection = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        files = await FilePortal.OpenAsync();
        var own = new NpgsqlConnectionStringBuilder(files.Portal.Database.ConnectionString);
        Assert.SkipUnless(own.Host!.StartsWith('/'), "The PostgreSQL of the tests listens on no socket.");
        relay = new TcpRelay(Path.Combine(own.Host, $".s.PGSQL.{own.Port}"));
        connection = $"Host=127.0.0.1;Port={relay.Port};Database={own.Database};Username={own.Username};Password=any;SSL Mode=Disable";
        await DoAsync("CREATE TABLE shop_counts (at timestamptz, good bigint, total numeric)");
    }

    public async ValueTask DisposeAsync()
    {
        if (relay is not null)
            await relay.DisposeAsync();
        await files.DisposeAsync();
    }

    [Fact]
    public async Task Run_Twice_CountsEachIntervalOnce_AndThatWhichRunsLater()
    {
        await DoAsync("INSERT INTO shop_counts VALUES ('2026-11-23 11:50Z', 9, 10), ('2026-11-23 11:50Z', 1, 2), ('2026-11-23 12:00Z', 3, 4)");
        var source = await CreateAsync();

        await RunAsync(source, MeasuringPortal.Now);
        Assert.Equal((10, 12), await files.CountsAsync());
        await DoAsync("UPDATE shop_counts SET good = 7, total = 8 WHERE at = '2026-11-23 12:00Z'");
        await RunAsync(source, MeasuringPortal.Now.AddMinutes(5));
        await RunAsync(source, MeasuringPortal.Now.AddMinutes(6));

        Assert.Equal((17, 20), await files.CountsAsync());
        Assert.Equal(1L, await files.ScalarAsync("SELECT count(*) FROM sources WHERE kind = 'Sql' AND last_error IS NULL AND last_arrival_at IS NOT NULL"));
    }

    [Theory]
    [InlineData("DELETE FROM shop_counts WHERE at >= @since RETURNING at AS time, good, total")]
    [InlineData("WITH gone AS (DELETE FROM shop_counts RETURNING *) SELECT at AS time, good, total FROM gone WHERE at >= @since")]
    [InlineData("SELECT now() AS time, 1 AS good, 1 AS total WHERE now() >= @since) AS x; COMMIT; DELETE FROM shop_counts; SELECT * FROM (SELECT now() AS time, 1 AS good, 1 AS total")]
    [InlineData("SELECT now() AS time, 1 AS good, setval('shop_seq', 7) AS total WHERE now() >= @since")]
    public async Task Read_StatementThatWrites_ChangesNothing(string statement)
    {
        await DoAsync("INSERT INTO shop_counts VALUES ('2026-11-23 11:50Z', 9, 10); CREATE SEQUENCE shop_seq");

        Assert.Equal(RefusalKind.Invalid, (await TestAsync(statement)).Refusal?.Kind);
        Assert.Equal(1L, await files.ScalarAsync("SELECT count(*) FROM shop_counts"));
    }

    [Theory]
    [InlineData("SELECT at AS time, good FROM shop_counts WHERE at >= @since", "time, good and total")]
    [InlineData("SELECT at AS time, good, total FROM nothing WHERE at >= @since", "nothing")]
    [InlineData("SELECT at AS time, good, total FROM shop_counts", "@since")]
    public async Task Test_UnusableStatement_SaysWhy(string statement, string says) => Assert.Contains(says, (await TestAsync(statement)).Refusal!.Message, StringComparison.Ordinal);

    [Fact]
    public async Task Test_Statement_ShowsRowsAndCountsNothing()
    {
        await DoAsync("INSERT INTO shop_counts VALUES ('2026-11-23 11:50Z', 9, 10), ('2026-11-23 11:51Z', NULL, 10)");
        var preview = (await TestAsync(Statement + " -- to the end;")).Require();

        Assert.Equal((2, true), (preview.Rows, preview.IsWhole));
        Assert.Equal(new QueryRow(MeasuringPortal.Now.AddMinutes(-10), 9, 10, null), preview.First[0]);
        Assert.NotNull(preview.First[1].Problem);
        Assert.Equal((0, 0), await files.CountsAsync());
    }

    [Theory]
    [InlineData("Host=/var/run/postgresql;Database=a;Username=b;Password=c")]
    [InlineData("Host=a,/tmp;Database=a;Username=b;Password=c")]
    [InlineData("Host=a;Database=a;Username=b;Password=c;Passfile=/etc/passwd")]
    [InlineData("Host=a;Database=a;Username=b")]
    [InlineData("Database=a;Username=b;Password=c")]
    [InlineData("Host=a;Port=many;Database=a;Username=b;Password=c")]
    [InlineData("nonsense")]
    [InlineData("")]
    public void TryRead_ServerThatMayNotBeAsked_SaysWhy(string text)
    {
        Assert.False(PostgresServer.TryRead(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public async Task Run_ServerThatDoesNotAnswer_NotesIt()
    {
        var source = await CreateAsync();
        await relay!.DisposeAsync();
        await RunAsync(source, MeasuringPortal.Now);

        Assert.Equal(1L, await files.ScalarAsync("SELECT count(*) FROM sources WHERE last_error LIKE 'The server 127.0.0.1:%'"));
        Assert.Equal(0L, await files.ScalarAsync("SELECT count(*) FROM sources WHERE protected_authorization LIKE '%Password%' OR last_error LIKE '%any%'"));
    }

    private async Task<int> CreateAsync() => (await files.Portal.Get<CreateSqlSource.Handler>().HandleAsync(
        new CreateSqlSource("orders of the shop", files.SliId, connection, Statement, Minutes: 5, EverySeconds: 60), MeasuringPortal.Administrator, Ct)).Require();

    private Task<Outcome<QueryPreview>> TestAsync(string statement) =>
        files.Portal.Get<TestSqlSource.Handler>().HandleAsync(new TestSqlSource(connection, statement), MeasuringPortal.Administrator, Ct);

    private async Task RunAsync(int id, DateTimeOffset now)
    {
        await using var db = await files.Portal.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<Data.PortalDbContext>>().CreateDbContextAsync(Ct);
        await files.Portal.Get<SqlPull>().RunAsync((await db.FindAsync<Source>([id], Ct))!, now, Ct);
    }

    private async Task DoAsync(string sql)
    {
        await using var command = files.Portal.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
