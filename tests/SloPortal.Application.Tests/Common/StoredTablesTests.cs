using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Npgsql;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Common;

public sealed partial class StoredTablesTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task ArchitecturePage_WhatIsStored_NamesTheTablesOfTheDatabase()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository(), "docs/architecture.md"), TestContext.Current.CancellationToken);
        var stored = page[page.IndexOf("## What is stored", StringComparison.Ordinal)..page.IndexOf("## From sample to figure", StringComparison.Ordinal)];

        var named = stored.Split('\n').Where(line => line.StartsWith('|')).SelectMany(line => TableName().Matches(line)).Select(m => m.Groups[1].Value);

        Assert.Equal(await TablesAsync(), named.Order(StringComparer.Ordinal));
    }

    private async Task<List<string>> TablesAsync()
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand(
            "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> '__EFMigrationsHistory'");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var tables = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            tables.Add(reader.GetString(0));
        return [.. tables.Order(StringComparer.Ordinal)];
    }

    private static string Repository([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../.."));

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex TableName();
}
