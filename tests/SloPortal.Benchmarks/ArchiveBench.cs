using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;
using SloPortal.Application;
using SloPortal.Application.Reviews.Archive;
using SloPortal.Application.Reviews.Archive.Import;
using SloPortal.Data;
using SloPortal.Data.Common;
using SloPortal.Domain.Access;
using SloPortal.TestSupport;

namespace SloPortal.Benchmarks;

/// <summary>A private PostgreSQL with an archive, and the portal's search over it.</summary>
internal sealed class ArchiveBench : IAsyncDisposable
{
    private const int Vocabulary = 60_000;
    private static readonly Actor Importer = Actor.System("benchmark");

    private readonly string folder = Directory.CreateTempSubdirectory("sloportal-bench-").FullName;
    private PrivatePostgres? postgres;
    private ServiceProvider? provider;

    /// <summary>An ordinary reader: what is hidden from it is looked up in every search.</summary>
    private readonly Actor reader = new() { Kind = ActorKind.Person, PersonId = Guid.NewGuid(), Name = "Reader", Roles = [Role.Viewer] };

    public static async Task<ArchiveBench> StartAsync()
    {
        var bench = new ArchiveBench();
        bench.postgres = await PrivatePostgres.StartAsync(new PrivatePostgresOptions { DataFolder = bench.folder }, NullLogger.Instance, CancellationToken.None);
        await TestPostgres.PrepareTemplate(bench.postgres.ConnectionString, CancellationToken.None);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        services.AddDataProtection();
        services.AddSingleton(TimeProvider.System);
        services.AddPortalData(bench.postgres.ConnectionString);
        services.AddPortalApplication();
        bench.provider = services.BuildServiceProvider();
        return bench;
    }

    public async Task<ImportReport> ImportAsync(string files)
    {
        var read = Directory.EnumerateFiles(files, "*.md").Order(StringComparer.Ordinal).Select(f => new ImportedFile(Path.GetFileName(f), File.ReadAllText(f))).ToList();
        return (await provider!.GetRequiredService<ImportPostmortems.Handler>().HandleAsync(new ImportPostmortems(read), Importer, CancellationToken.None)).Require();
    }

    /// <summary>Number and summary of every postmortem that has one.</summary>
    public async Task<List<(int Number, string Summary)>> SummariesAsync()
    {
        await using var db = await provider!.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        return [.. (await db.Postmortems.Where(p => p.Summary != "").Select(p => new { p.Number, p.Summary }).ToListAsync()).Select(p => (p.Number, p.Summary))];
    }

    public Task ForgetSummariesAsync() => ExecuteAsync("UPDATE postmortems SET summary = ''");

    /// <summary>The numbers of the best, in order.</summary>
    public async Task<IReadOnlyList<int>> SearchAsync(string query)
    {
        var found = (await provider!.GetRequiredService<SearchPostmortems.Handler>().HandleAsync(new SearchPostmortems(new ArchiveFilter(query)), reader, CancellationToken.None)).Require();
        return [.. found.Hits.Select(h => h.Number)];
    }

    /// <summary>What PostgreSQL alone does with the same query.</summary>
    /// <param name="any">All words as alternatives, as a sentence has to be asked.</param>
    public async Task<int> BareAsync(string query, bool any)
    {
        await using var command = provider!.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "SELECT number, title FROM postmortems, websearch_to_tsquery('english', $1) q WHERE search @@ q ORDER BY ts_rank(search, q) DESC LIMIT 20");
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue(any ? string.Join(" OR ", query.Split(' ')) : query);
        await using var rows = await command.ExecuteReaderAsync();
        var count = 0;
        while (await rows.ReadAsync())
            count++;
        return count;
    }

    /// <summary>
    /// Replaces everything by so many published postmortems of some 300 words each, an incident, two services and two factors; one incident
    /// in a thousand is restricted. Word k occurs in proportion to 1/k, as in a language.
    /// </summary>
    public async Task FillAsync(int postmortems)
    {
        await ExecuteAsync(
            """
            SET session_replication_role = replica;
            TRUNCATE postmortems, incidents, services, teams CASCADE;
            SET session_replication_role = DEFAULT;
            """);
        await ExecuteAsync("DROP INDEX ix_postmortems_search");
        await ExecuteAsync("INSERT INTO teams (id, slug, name, description, created_at) VALUES (md5('t')::uuid, 'bench', 'Bench', '', now())");
        await ExecuteAsync(
            """
            INSERT INTO services (id, slug, name, description, tier, owner_team_id, links, created_at)
                SELECT md5('s' || i)::uuid, 'service-' || i, 'Service ' || i, '', 'Standard', md5('t')::uuid, '[]', now() FROM generate_series(0, 199) i
            """);
        await ExecuteAsync(
            """
            INSERT INTO incidents (id, title, summary, status, severity, started_at, declared_by, declared_at, is_restricted)
                SELECT md5('i' || i)::uuid, 'Incident', '', 'Closed', 'Sev2', now() - i * interval '37 min', md5('p')::uuid, now(), i % 1000 = 0 FROM generate_series(1, $1) i
            """, postmortems);
        await CopyAsync(postmortems);
        await ExecuteAsync(
            """
            INSERT INTO postmortem_services SELECT md5('pm' || i)::uuid, md5('s' || s)::uuid
                FROM generate_series(1, $1) i, LATERAL (SELECT DISTINCT (power(random(), 2) * 199)::int AS s FROM generate_series(1, 2) WHERE i > 0) s
            """, postmortems);
        await ExecuteAsync(
            """
            INSERT INTO postmortem_factors SELECT md5('pm' || i)::uuid, 'factor-' || f, ''
                FROM generate_series(1, $1) i, LATERAL (SELECT DISTINCT (power(random(), 2) * 29)::int AS f FROM generate_series(1, 2) WHERE i > 0) f
            """, postmortems);
        await ExecuteAsync("CREATE INDEX ix_postmortems_search ON postmortems USING gin (search)");
        await ExecuteAsync("VACUUM (ANALYZE)");
        await ExecuteAsync("CHECKPOINT");
    }

    /// <summary>The word of a rank, 1 being the most frequent; none is a stop word and none has an ending.</summary>
    public static string Word(int rank)
    {
        const string consonants = "bcdfgklmnprtvz";
        const string vowels = "aeiou";
        var text = new StringBuilder(8);
        for (var (rest, i) = (rank, 0); i < 3; i++, rest /= 70)
            text.Append(consonants[rest % 14]).Append(vowels[rest / 14 % 5]);
        return text.Append('x').ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await provider!.DisposeAsync();
        await postgres!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task CopyAsync(int postmortems)
    {
        var random = new Random(7);
        var end = new DateTimeOffset(2026, 9, 14, 12, 0, 0, TimeSpan.Zero);
        await using var connection = await provider!.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY postmortems (id, incident_id, state, title, summary, body, severity, started_at, revision, created_by, created_at, published_at) FROM STDIN (FORMAT binary)");
        copy.Timeout = TimeSpan.FromHours(1);
        for (var i = 1; i <= postmortems; i++)
        {
            var at = end.AddMinutes(-37 * i);
            await copy.StartRowAsync();
            await copy.WriteAsync(Md5("pm" + i), NpgsqlDbType.Uuid);
            await copy.WriteAsync(Md5("i" + i), NpgsqlDbType.Uuid);
            await copy.WriteAsync("Published", NpgsqlDbType.Text);
            await copy.WriteAsync(Words(random, 6), NpgsqlDbType.Text);
            await copy.WriteAsync(Words(random, 25), NpgsqlDbType.Text);
            await copy.WriteAsync(Words(random, random.Next(150, 400)), NpgsqlDbType.Text);
            await copy.WriteAsync("Sev" + (1 + i % 4), NpgsqlDbType.Text);
            await copy.WriteAsync(at, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(1, NpgsqlDbType.Integer);
            await copy.WriteAsync(Guid.Empty, NpgsqlDbType.Uuid);
            await copy.WriteAsync(at, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(at.AddDays(5), NpgsqlDbType.TimestampTz);
        }
        await copy.CompleteAsync();
    }

    /// <summary>As md5(…)::uuid gives it in PostgreSQL.</summary>
    private static Guid Md5(string text) =>
#pragma warning disable CA5351 // A name, not a secret.
        new(System.Security.Cryptography.MD5.HashData(Encoding.UTF8.GetBytes(text)), bigEndian: true);
#pragma warning restore CA5351

    private static string Words(Random random, int count)
    {
        var text = new StringBuilder(count * 8);
        for (var i = 0; i < count; i++)
            text.Append(Word((int)Math.Exp(random.NextDouble() * Math.Log(Vocabulary)))).Append(i % 15 == 14 ? ". " : " ");
        return text.ToString().TrimEnd();
    }

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = provider!.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        command.CommandTimeout = 0;
        foreach (var value in values)
            command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync();
    }
}
