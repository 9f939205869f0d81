using Xunit;

namespace SloPortal.TestSupport;

/// <summary>A fresh database for one test class: <c>class SomeTests(PostgresFixture postgres) : IClassFixture&lt;PostgresFixture&gt;</c>.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    /// <summary>For Npgsql, naming the database of this class. The class may keep its connections pooled.</summary>
    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync() =>
        ConnectionString = await TestPostgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync() => await TestPostgres.DropDatabaseAsync(ConnectionString, CancellationToken.None);
}
