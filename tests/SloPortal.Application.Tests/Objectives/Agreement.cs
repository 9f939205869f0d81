using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using SloPortal.Application.Common;
using SloPortal.Application.Objectives.Negotiation;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Data;
using SloPortal.Data.Access;
using SloPortal.Data.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Tests.Objectives;

/// <summary>A service with an SLI that has counts, its team, and people who can agree about it. Everything valid by default.</summary>
internal sealed class Agreement : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private static readonly string Hash = new PasswordHasher<Person>().HashPassword(new Person(), Password);

    private readonly ServiceProvider provider;

    private Agreement(ServiceProvider provider, FakeTimeProvider clock)
    {
        this.provider = provider;
        Clock = clock;
    }

    public FakeTimeProvider Clock { get; }
    public string Service { get; } = "checkout-" + Guid.NewGuid().ToString("N")[..8];
    public Guid ServiceId { get; private set; }
    public Guid TeamId { get; private set; }
    public int SliId { get; private set; }
    public Actor Owner { get; private set; } = null!;
    public Actor Stakeholder { get; private set; } = null!;
    public DateTimeOffset Now => Clock.GetUtcNow();

    public T Get<T>() where T : notnull => provider.GetRequiredService<T>();

    /// <summary>One pass by itself, without what the others need.</summary>
    public T Pass<T>() where T : IPass => ActivatorUtilities.CreateInstance<T>(provider);

    public static async Task<Agreement> CreateAsync(string connectionString, CancellationToken ct, DateTimeOffset? now = null, Action<SmtpSettings>? mail = null)
    {
        var clock = new FakeTimeProvider(now ?? new DateTimeOffset(2026, 11, 10, 12, 0, 0, TimeSpan.Zero));
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddPortalData(connectionString);
        services.AddPortalApplication();
        if (mail is not null)
            services.Configure(mail);
        var agreement = new Agreement(services.BuildServiceProvider(), clock);
        await agreement.FillAsync(ct);
        return agreement;
    }

    public Task<PortalDbContext> OpenAsync(CancellationToken ct) => Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(ct);

    public async Task<Actor> AddPersonAsync(string name, CancellationToken ct, bool member = false, params Role[] roles)
    {
        await using var db = await OpenAsync(ct);
        var id = Guid.CreateVersion7();
        db.Users.Add(new Person { Id = id, DisplayName = name, UserName = $"{id:N}@example.org", Email = $"{id:N}@example.org", CreatedAt = Now, PasswordHash = Hash });
        if (member)
            db.TeamMembers.Add(new TeamMember(TeamId, id));
        await db.SaveChangesAsync(ct);
        return new Actor { Kind = ActorKind.Person, PersonId = id, Name = name, Roles = [.. roles], TeamIds = member ? [TeamId] : [] };
    }

    /// <summary>Counts as ingest does, at most one row for each minute.</summary>
    public async Task CountAsync(IEnumerable<(DateTimeOffset Minute, double Good, double Total)> minutes, CancellationToken ct, int? sliId = null)
    {
        foreach (var group in minutes.Chunk(20_000))
        {
            await using var command = Get<NpgsqlDataSource>().CreateCommand("SELECT apply_sli_increments($1, $2, $3, $4)");
            command.Parameters.AddWithValue(group.Select(_ => sliId ?? SliId).ToArray());
            command.Parameters.AddWithValue(group.Select(m => m.Minute).ToArray());
            command.Parameters.AddWithValue(group.Select(m => m.Good).ToArray());
            command.Parameters.AddWithValue(group.Select(m => m.Total).ToArray());
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    public ProposedTerms Terms(decimal target = 99.9m, string window = "rolling 7d", DateTimeOffset? effectiveFrom = null) =>
        new("orders", target, window, effectiveFrom, Owner.PersonId, Stakeholder.PersonId, "Orders are our business.");

    public async Task<Guid> ProposeAsync(CancellationToken ct, string slug = "orders-placed", ProposedTerms? terms = null) =>
        (await Get<ProposeObjective.Handler>().HandleAsync(new ProposeObjective(Service, slug, "Orders placed", "", terms ?? Terms()), Owner, ct)).Require();

    public async Task<Guid> ProposeVersionAsync(ProposedTerms terms, CancellationToken ct) =>
        (await Get<ProposeVersion.Handler>().HandleAsync(new ProposeVersion(Service, "orders-placed", terms), Owner, ct)).Require();

    public async Task<SignedProposal> SignByBothAsync(Guid proposal, CancellationToken ct)
    {
        await TakeRiskAsync(proposal, ct);
        (await SignAsync(proposal, Owner, ct)).Require();
        return (await SignAsync(proposal, Stakeholder, ct, "It is what we need.")).Require();
    }

    /// <summary>Where the history does not hold the target, an administrator takes the risk, since otherwise nobody can sign.</summary>
    private async Task TakeRiskAsync(Guid proposal, CancellationToken ct)
    {
        if (!(await Get<GetProposal.Handler>().HandleAsync(new(proposal), Owner, ct)).Require().Negotiation.NeedsAnswer)
            return;
        var administrator = await AddPersonAsync("Ada Administrator", ct, member: false, Role.Administrator);
        (await Get<TakeRisk.Handler>().HandleAsync(new(proposal, "Worth it.", await HashOfAsync(proposal, ct), Password), administrator, ct)).Require();
    }

    /// <summary>Signs what stands there now.</summary>
    public async Task<Outcome<SignedProposal>> SignAsync(Guid proposal, Actor actor, CancellationToken ct, string reason = "We can hold it.", string? password = Password) =>
        await Get<SignProposal.Handler>().HandleAsync(new SignProposal(proposal, reason, await HashOfAsync(proposal, ct), password), actor, ct);

    public async Task<string> HashOfAsync(Guid proposal, CancellationToken ct)
    {
        await using var db = await OpenAsync(ct);
        return Convert.ToHexStringLower((await db.Proposals.AsNoTracking().SingleAsync(p => p.Id == proposal, ct)).ContentHash());
    }

    public async ValueTask DisposeAsync() => await provider.DisposeAsync();

    private async Task FillAsync(CancellationToken ct)
    {
        await using (var db = await OpenAsync(ct))
        {
            var team = new Team(Guid.CreateVersion7(), "team-" + Service, "Payments", "", Now);
            TeamId = team.Id;
            var service = new Service(Guid.CreateVersion7(), Service, "Checkout", "", ServiceTier.Critical, team.Id, [], Now);
            ServiceId = service.Id;
            var sli = new Sli(service.Id, "orders", "Orders placed", "", new PushedRatio(), null, Now);
            db.AddRange(team, service, sli);
            await db.SaveChangesAsync(ct);
            SliId = sli.Id;
        }
        Owner = await AddPersonAsync("Olga Owner", ct, member: true, Role.ServiceOwner);
        Stakeholder = await AddPersonAsync("Stan Stakeholder", ct, member: false, Role.Viewer);
        await CountAsync(Enumerable.Range(1, 20 * 24 * 4).Select(i => (Now.AddMinutes(-15 * i), i % 96 == 0 ? 990d : 1000d, 1000d)), ct);
    }
}
