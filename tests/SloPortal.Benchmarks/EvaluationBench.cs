using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SloPortal.Application;
using SloPortal.Application.Budgets.Evaluation;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Data.Access;
using SloPortal.Data.Common;
using SloPortal.TestSupport;

namespace SloPortal.Benchmarks;

/// <summary>A private PostgreSQL with objectives and their counts, and the portal's evaluation on it.</summary>
internal sealed class EvaluationBench : IAsyncDisposable
{
    /// <summary>Data goes on for this long after the first evaluation, so that every evaluation finds new counts.</summary>
    private const int MinutesAhead = 120;

    private readonly string folder = Directory.CreateTempSubdirectory("sloportal-bench-").FullName;
    private PrivatePostgres? postgres;
    private ServiceProvider? provider;

    /// <summary>Of the database with all of it, for a portal as a process of its own.</summary>
    public string ConnectionString => postgres!.ConnectionString;

    /// <summary>The process of PostgreSQL.</summary>
    public int ServerId => int.Parse(
        File.ReadLines(Directory.EnumerateFiles(folder, "postmaster.pid", SearchOption.AllDirectories).Single()).First(), CultureInfo.InvariantCulture);

    public DateTimeOffset End { get; private init; }

    /// <param name="end">When the data is of; of no account but where a portal reads it by its own clock.</param>
    public static async Task<EvaluationBench> StartAsync(DateTimeOffset? end = null)
    {
        var bench = new EvaluationBench { End = end ?? new(2026, 9, 14, 12, 0, 0, TimeSpan.Zero) };
        // Durable, as a real portal has it.
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

    /// <summary>Replaces everything by so many objectives over windows of so many days, each with an SLI of its own.</summary>
    /// <param name="minutes">An SQL expression for the ages in minutes (at most $3) at which there is a row.</param>
    public async Task FillAsync(int objectives, int days, string minutes)
    {
        await ExecuteAsync(
            """
            SET session_replication_role = replica;
            TRUNCATE sli_minutes, budget_states, alert_rule_states, notifications, alerts, objective_versions, signatures, proposals, objectives, slis, services, teams, people CASCADE;
            SET session_replication_role = DEFAULT;
            """);
        await ExecuteAsync(
            """
            INSERT INTO people (id, user_name, display_name, created_at, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
                VALUES ('00000000-0000-0000-0000-000000000001', 'bench', 'Bench', now(), true, false, false, false, 0);
            INSERT INTO teams (id, slug, name, description, created_at) VALUES ('00000000-0000-0000-0000-000000000001', 'bench', 'Bench', '', now());
            INSERT INTO services (id, slug, name, description, tier, owner_team_id, links, created_at)
                VALUES ('00000000-0000-0000-0000-000000000001', 'bench', 'Bench', '', 'Standard', '00000000-0000-0000-0000-000000000001', '[]', now());
            """);
        await ExecuteAsync(
            """
            INSERT INTO slis (id, service_id, slug, name, description, definition, created_at) OVERRIDING SYSTEM VALUE
                SELECT i, '00000000-0000-0000-0000-000000000001', 'sli-' || i, 'SLI', '', '{"kind": "pushed_ratio"}', now() FROM generate_series(1, $1) i
            """, objectives);
        await ExecuteAsync(
            """
            INSERT INTO objectives (id, service_id, slug, name, description, alert_policy_id, created_at)
                SELECT md5('o' || i)::uuid, '00000000-0000-0000-0000-000000000001', 'o-' || i, 'Objective', '', '0192f000-0000-7000-8000-000000000001', now() FROM generate_series(1, $1) i
            """, objectives);
        await ExecuteAsync(
            """
            INSERT INTO proposals (id, objective_id, sli_id, target_percent, "window", owner_id, stakeholder_id, rationale, evidence, proposed_by, proposed_at, state)
                SELECT md5('p' || i)::uuid, md5('o' || i)::uuid, i, 99.9, $2, u, u, '', '{}', u, now(), 'Accepted'
                FROM generate_series(1, $1) i, (SELECT id AS u FROM people LIMIT 1) p
            """, objectives, $"rolling {days}d");
        await ExecuteAsync(
            """
            INSERT INTO objective_versions (id, objective_id, number, sli_id, counts_id, target_percent, "window", effective_from, proposal_id, created_at)
                SELECT md5('v' || i)::uuid, md5('o' || i)::uuid, 1, i, i, 99.9, $2, '2026-01-01Z', md5('p' || i)::uuid, now() FROM generate_series(1, $1) i
            """, objectives, $"rolling {days}d");
        // The sums are written down directly; they grow unevenly, so that every minute gives other figures.
        await ExecuteAsync(
            $"""
            INSERT INTO sli_minutes
                SELECT s, $2 + interval '1 minute' * ({MinutesAhead} - age), 100, 100,
                    100.0 * n + (n * 37 + s) % 11 - 0.04 * n - (n * 17 + s) % 5 * 0.1, 100.0 * n + (n * 37 + s) % 11
                FROM generate_series(1, $1) s, LATERAL (SELECT age, $3 - age AS n FROM ({minutes}) ages (age) ORDER BY age DESC) m
            """, objectives, End, days * 1440 + MinutesAhead);
        await ExecuteAsync("VACUUM (ANALYZE)");
        await ExecuteAsync("CHECKPOINT");
    }

    /// <summary>Rolls the minutes that were filled in up to hours and days, as the measuring path would have.</summary>
    public async Task FillHoursAsync()
    {
        await ExecuteAsync("INSERT INTO sli_hours SELECT sli_id, date_trunc('hour', minute, 'UTC'), sum(good), sum(total), count(*) FROM sli_minutes GROUP BY 1, 2");
        await ExecuteAsync("INSERT INTO sli_days SELECT sli_id, date_trunc('day', hour, 'UTC'), sum(good), sum(total), sum(minutes) FROM sli_hours GROUP BY 1, 2");
        await ExecuteAsync("VACUUM (ANALYZE)");
    }

    /// <summary>Gives each objective a service of its own, every second with its impact, and each service up to three that it needs.</summary>
    public async Task SpreadOverServicesAsync(int services)
    {
        await ExecuteAsync(
            """
            INSERT INTO services (id, slug, name, description, tier, owner_team_id, links, created_at)
                SELECT md5('s' || i)::uuid, 's-' || i, 'Service ' || i, '', 'Standard', '00000000-0000-0000-0000-000000000001', '[]', now() FROM generate_series(1, $1) i
            """, services);
        await ExecuteAsync("UPDATE objectives o SET service_id = md5('s' || i)::uuid FROM generate_series(1, $1) i WHERE o.slug = 'o-' || i", services);
        await ExecuteAsync("UPDATE slis s SET service_id = md5('s' || i)::uuid FROM generate_series(1, $1) i WHERE s.slug = 'sli-' || i", services);
        await ExecuteAsync(
            """
            INSERT INTO service_impacts (service_id, revenue_per_hour, currency, users, frameworks, contracts)
                SELECT md5('s' || i)::uuid, i * 37 % 50000, 'EUR', i * 91 % 80000, '{GDPR}', i % 7 FROM generate_series(1, $1, 2) i
            """, services);
        await ExecuteAsync(
            """
            INSERT INTO dependencies (id, service_id, on_service_id, kind, note, created_at)
                SELECT md5('d' || i || '/' || k)::uuid, md5('s' || i)::uuid, md5('s' || i / (k + 1))::uuid, 'Hard', '', now()
                FROM generate_series(8, $1) i, generate_series(1, 3) k ON CONFLICT DO NOTHING
            """, services);
        await ExecuteAsync("VACUUM (ANALYZE)");
    }

    /// <summary>Lets somebody sign in, who may read and has no more to do with what is there than any viewer.</summary>
    public async Task AddPersonAsync(string email, string password)
    {
        var person = Person.Create(Guid.NewGuid(), email, "Reader", emailIsVerified: true, End);
        person.SetPassword(new PasswordHasher<Person>().HashPassword(person, password));
        await using var db = await provider!.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        db.Users.Add(person);
        await db.SaveChangesAsync();
    }

    /// <summary>
    /// Evaluates until the runtime has compiled for good what is called often: it does so in the background, once little else is new,
    /// and that costs more than the evaluations themselves. It belongs to the start of a portal and not to its minutes.
    /// </summary>
    public async Task WarmUpAsync()
    {
        await FillAsync(1000, days: 7, "SELECT generate_series(0, $3, 60)");
        for (var round = 0; round < 3; round++)
        {
            await MeasureAsync(runs: 35);
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Processor seconds of the portal and of PostgreSQL, and real seconds, for one evaluation.</summary>
    public async Task<EvaluationCost> MeasureAsync(int runs)
    {
        var at = End;
        // The first ones fill the caches of PostgreSQL.
        for (var i = 0; i < 5; i++)
            await EvaluateAsync(at = at.AddMinutes(1));
        var (portal, database, watch) = (ProcessorTime.OfThisProcess(), ProcessorTime.OfTree(ServerId), Stopwatch.StartNew());
        for (var i = 0; i < runs; i++)
            await EvaluateAsync(at = at.AddMinutes(1));
        return new(
            (ProcessorTime.OfThisProcess() - portal) / runs, (ProcessorTime.OfTree(ServerId) - database) / runs, watch.Elapsed.TotalSeconds / runs);
    }

    /// <summary>One evaluation of all objectives, for the windows that end at an instant.</summary>
    public Task EvaluateAsync(DateTimeOffset at) => provider!.GetServices<IPass>().OfType<EvaluateBudgets>().Single().RunAsync(at, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await provider!.DisposeAsync();
        await postgres!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
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

/// <summary>Seconds for one evaluation of all objectives.</summary>
internal sealed record EvaluationCost(double Portal, double Database, double Elapsed)
{
    public double Processor => Portal + Database;
}
