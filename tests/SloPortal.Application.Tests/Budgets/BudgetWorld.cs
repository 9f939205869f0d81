using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Data.Access;
using SloPortal.Data.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;
using SloPortal.TestSupport;

namespace SloPortal.Application.Tests.Budgets;

/// <summary>One portal on a database of its own, with a clock that the test moves and short ways to counts and objectives.</summary>
internal sealed class BudgetWorld : IAsyncDisposable
{
    private readonly ServiceProvider provider;
    private readonly bool owned;

    private BudgetWorld(string connectionString, bool owned, FakeTimeProvider clock, params (string Key, string Value)[] settings)
    {
        ConnectionString = connectionString;
        this.owned = owned;
        Clock = clock;
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build());
        services.AddLogging();
        services.AddDataProtection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddPortalData(connectionString);
        services.AddPortalApplication();
        services.AddOptions<SmtpSettings>().BindConfiguration("Smtp");
        provider = services.BuildServiceProvider();
    }

    public string ConnectionString { get; }

    public FakeTimeProvider Clock { get; }

    public static async Task<BudgetWorld> CreateAsync(DateTimeOffset now, params (string Key, string Value)[] settings) =>
        new(await TestPostgres.CreateDatabaseAsync(TestContext.Current.CancellationToken), owned: true, new FakeTimeProvider(now), settings);

    /// <summary>Another portal on the same database, by the same clock.</summary>
    public BudgetWorld Second(params (string Key, string Value)[] settings) => new(ConnectionString, owned: false, Clock, settings);

    public NpgsqlDataSource Database => Get<NpgsqlDataSource>();

    public T Get<T>() where T : notnull => provider.GetRequiredService<T>();

    public TPass Pass<TPass>() where TPass : IPass => provider.GetServices<IPass>().OfType<TPass>().Single();

    public Task<PortalDbContext> ContextAsync() => Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();

    /// <summary>Runs a pass as the timer would, at the clock's now.</summary>
    public Task<bool> RunAsync<TPass>() where TPass : IPass =>
        Get<PassRunner>().RunIfDueAsync(Pass<TPass>(), Clock.GetUtcNowInMicroseconds(), TestContext.Current.CancellationToken);

    /// <summary>A team with a service, an SLI and an objective in force since 200 days.</summary>
    public async Task<ObjectiveOfTest> AddObjectiveAsync(decimal target = 99.9m, string window = "rolling 30d", int? sliId = null)
    {
        await using var db = await ContextAsync();
        var now = Clock.GetUtcNowInMicroseconds();
        var slug = "x" + Guid.NewGuid().ToString("N")[..20];
        var person = new Person { Id = Guid.NewGuid(), UserName = slug, Email = slug + "@example.com" };
        var team = new Team(Guid.NewGuid(), slug, "Team " + slug, "", now);
        var service = new Service(Guid.NewGuid(), slug, "Checkout", "", ServiceTier.Critical, team.Id, [], now);
        var sli = new Sli(service.Id, slug, "Requests", "", new PushedRatio(), null, now);
        var objective = new Objective(Guid.NewGuid(), service.Id, "availability", "Availability", "", StoredAlertPolicy.DefaultId, now);
        db.AddRange(person, team, service, sli, objective);
        await db.SaveChangesAsync();
        var one = new ObjectiveOfTest(objective.Id, sliId ?? sli.Id, team, service, person.Id);
        await AddVersionAsync(one, 1, target, window, now.AddDays(-200));
        return one;
    }

    public async Task AddVersionAsync(ObjectiveOfTest objective, int number, decimal target, string window, DateTimeOffset from)
    {
        await using var db = await ContextAsync();
        var now = Clock.GetUtcNowInMicroseconds();
        var proposal = new Proposal(
            Guid.NewGuid(), objective.Id, objective.SliId, BudgetingMethod.Default, new(target), SloWindow.Parse(window), from, objective.PersonId, objective.PersonId, "", "{}", objective.PersonId, now);
        db.Add(proposal);
        db.Add(new ObjectiveVersion(Guid.NewGuid(), objective.Id, number, objective.SliId, BudgetingMethod.Default, objective.SliId, new(target), SloWindow.Parse(window), from, proposal.Id, now));
        await db.SaveChangesAsync();
    }

    /// <summary>Adds counts as ingest does.</summary>
    public async Task CountAsync(int sliId, params (DateTimeOffset Minute, double Good, double Total)[] minutes)
    {
        await using var command = Database.CreateCommand("SELECT apply_sli_increments($1, $2, $3, $4)");
        command.Parameters.AddWithValue(minutes.Select(_ => sliId).ToArray());
        command.Parameters.AddWithValue(minutes.Select(m => m.Minute).ToArray());
        command.Parameters.AddWithValue(minutes.Select(m => m.Good).ToArray());
        command.Parameters.AddWithValue(minutes.Select(m => m.Total).ToArray());
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The same counts in every minute of [from, to).</summary>
    public Task CountEvenlyAsync(int sliId, DateTimeOffset from, DateTimeOffset to, double bad, double total) => CountAsync(
        sliId, [.. Enumerable.Range(0, (int)(to - from).TotalMinutes).Select(i => (from.AddMinutes(i), total - bad, total))]);

    public async Task<BudgetState?> StateAsync(ObjectiveOfTest objective)
    {
        await using var db = await ContextAsync();
        return await db.BudgetStates.AsNoTracking().SingleOrDefaultAsync(s => s.ObjectiveId == objective.Id);
    }

    public async Task<IReadOnlyList<AlertRuleState>> RulesAsync(ObjectiveOfTest objective)
    {
        await using var db = await ContextAsync();
        return await db.AlertRuleStates.AsNoTracking().Where(s => s.ObjectiveId == objective.Id).OrderBy(s => s.RuleIndex).ToListAsync();
    }

    public async Task<IReadOnlyList<Alert>> AlertsAsync(ObjectiveOfTest objective)
    {
        await using var db = await ContextAsync();
        return await db.Alerts.AsNoTracking().Where(s => s.ObjectiveId == objective.Id).OrderBy(s => s.FiredAt).ThenBy(a => a.RuleIndex).ToListAsync();
    }

    public async Task<IReadOnlyList<Notification>> NotificationsAsync()
    {
        await using var db = await ContextAsync();
        return await db.Notifications.AsNoTracking().OrderBy(n => n.CreatedAt).ToListAsync();
    }

    public async Task<NotificationTarget> AddTargetAsync(
        ObjectiveOfTest objective, NotificationChannel channel, string address, AlertSeverity minimum = AlertSeverity.Ticket)
    {
        await using var db = await ContextAsync();
        var target = new NotificationTarget(Guid.NewGuid(), objective.Team.Id, channel, address, minimum, Clock.GetUtcNowInMicroseconds());
        db.Add(target);
        await db.SaveChangesAsync();
        return target;
    }

    public async ValueTask DisposeAsync()
    {
        await provider.DisposeAsync();
        if (owned)
            await TestPostgres.DropDatabaseAsync(ConnectionString, CancellationToken.None);
    }
}

internal sealed record ObjectiveOfTest(Guid Id, int SliId, Team Team, Service Service, Guid PersonId);
