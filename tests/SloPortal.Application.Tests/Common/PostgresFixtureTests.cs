using Npgsql;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Common;

public sealed class PostgresFixtureTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task CreateDatabaseAsync_Twice_GivesDatabasesThatShareNothing()
    {
        var ct = TestContext.Current.CancellationToken;
        var other = await TestPostgres.CreateDatabaseAsync(ct);
        await ExecuteAsync(postgres.ConnectionString, "CREATE TABLE only_here (id int)", ct);

        var missing = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(other, "SELECT * FROM only_here", ct));

        Assert.Equal(PostgresErrorCodes.UndefinedTable, missing.SqlState);
        await TestPostgres.DropDatabaseAsync(other, ct);
    }

    private static async Task ExecuteAsync(string connectionString, string statement, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(ct);
    }
}
