using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application;
using SloPortal.Application.Access;
using SloPortal.Application.Budgets.Evaluation;
using SloPortal.Application.Catalog;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Detection;
using SloPortal.Application.Measurement.Comparing;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Data;
using SloPortal.Data.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Web.Demo.Story;

namespace SloPortal.Web.Demo;

/// <summary>
/// Where the story is played: all operations of the portal once more, on the same database, but with the clock of the story. What
/// exists already is left as it is, so a load that was broken off goes on.
/// </summary>
internal sealed class DemoStage : IAsyncDisposable
{
    private const string ScrapeSource = "Prometheus of the shop";
    private const string MailSource = "Mail gateway";
    private const string ProbeSource = "Probe in Ghent";

    private readonly IServiceProvider portal;
    private readonly ServiceProvider operations;
    private readonly ILogger<DemoStage> logger;

    public DemoStage(IServiceProvider portal)
    {
        this.portal = portal;
        logger = portal.GetRequiredService<ILogger<DemoStage>>();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(portal.GetRequiredService<IConfiguration>());
        services.AddSingleton(portal.GetRequiredService<ILoggerFactory>());
        services.AddLogging();
        services.AddDataProtection();
        // The portal's own data source takes the place of the one that would be made from a connection string.
        services.AddPortalData("").AddSingleton(portal.GetRequiredService<NpgsqlDataSource>());
        services.AddPortalApplication();
        operations = services.BuildServiceProvider();
    }

    public StoryClock Clock { get; } = new();

    /// <summary>Sentences of operations that refused; a story without mistakes has none.</summary>
    public IList<string> Refusals { get; } = [];

    public T Get<T>() where T : notnull => operations.GetRequiredService<T>();

    /// <summary>The pass that judges budgets and alerts, at the time of the story.</summary>
    public Task EvaluateAsync(CancellationToken ct) => operations.GetServices<IPass>().OfType<EvaluateBudgets>().Single().RunAsync(Clock.GetUtcNow(), ct);

    /// <summary>The pass that proposes incidents and writes alerts and deployments into timelines, at the time of the story.</summary>
    public Task FollowSignalsAsync(CancellationToken ct) => operations.GetServices<IPass>().OfType<FollowSignals>().Single().RunAsync(Clock.GetUtcNow(), ct);

    /// <summary>The pass that holds measurements against each other, at the time of the story.</summary>
    public Task CompareAsync(CancellationToken ct) => operations.GetServices<IPass>().OfType<FindDisagreements>().Single().RunAsync(Clock.GetUtcNow(), ct);

    /// <summary>Of everybody in the story; they sign with it as anybody does.</summary>
    public string Password => portal.GetRequiredService<DemoPassword>().Text;

    public IngestWriter Writer => Get<IngestWriter>();

    /// <summary>The teams and the people, so that somebody can sign in while history loads.</summary>
    public async Task MeetPeopleAsync(CancellationToken ct)
    {
        var position = await portal.GetRequiredService<DemoMark>().ReadAsync(ct) ?? throw new InvalidOperationException("The database is not marked as a demo.");
        Clock.MoveTo(position.Position);
        var known = await KnownAsync(ct);
        var administrator = DemoPeople.People.First(p => p.Key == DemoPeople.Administrator);
        if (known.Count == 0 && await Get<SetUpCode>().RenewAsync(ct) is { } code)
            Check("set up", await Get<SetUpPortal.Handler>().HandleAsync(new SetUpPortal(code, administrator.Name, administrator.Email, Password), ct));
        var ines = await ActorAsync(DemoPeople.Administrator, ct);
        foreach (var team in DemoPeople.Teams.Where(t => !known.Contains(t.Slug)))
            Check(team.Slug, await Get<CreateTeam.Handler>().HandleAsync(new CreateTeam(team.Slug, team.Name, team.Description), ines, ct));
        foreach (var team in administrator.Teams.Where(_ => known.Count == 0))
            Check(team, await Get<ChangeTeamMember.Handler>().HandleAsync(new ChangeTeamMember(team, ines.PersonId, true), ines, ct));
        foreach (var person in DemoPeople.People.Where(p => p != administrator && !known.Contains(p.Email)))
        {
            var invitation = Check(person.Key, await Get<InvitePerson.Handler>().HandleAsync(new InvitePerson(person.Email, [person.Role], person.Teams), ines, ct));
            if (invitation is not null)
                Check(person.Key, await Get<AcceptInvitation.Handler>().HandleAsync(new AcceptInvitation(invitation.Secret, person.Name, Password), ct));
        }
    }

    /// <summary>The services, the source of their samples, and their SLIs.</summary>
    public async Task MeetServicesAsync(CancellationToken ct)
    {
        var source = await ScrapesAsync(ct);
        var there = await SlisAsync(ct);
        foreach (var service in DemoServices.All)
        {
            var owner = await OwnerAsync(service.Team, ct);
            if (!there.Keys.Any(s => s.Service == service.Slug))
                Check(service.Slug, await Get<CreateService.Handler>().HandleAsync(new CreateService(service.Slug, service.Name, service.Description, service.Tier, service.Team, service.Links), owner, ct), orKnown: true);
            foreach (var sli in service.Slis.Where(s => !there.ContainsKey((service.Slug, s.Slug))))
            {
                var definition = DemoServices.DefinitionOf(service, sli);
                Check(sli.Slug, await Get<CreateSli.Handler>().HandleAsync(
                    new CreateSli(service.Slug, sli.Slug, sli.Name, sli.Description, definition.Kind == SliKind.Pushed ? null : source, definition), owner, ct));
            }
        }

        await MeetJourneyAsync(ct);
    }

    /// <summary>The journey over the availability of its steps.</summary>
    private async Task MeetJourneyAsync(CancellationToken ct)
    {
        var slis = await SlisAsync(ct);
        if (slis.ContainsKey(("checkout", DemoServices.Journey)))
            return;
        var parts = DemoServices.Steps.Select(step => new CompositePart(slis[(step, "availability")], 0)).ToList();
        Check(DemoServices.Journey, await Get<CreateSli.Handler>().HandleAsync(
            new CreateSli("checkout", DemoServices.Journey, DemoServices.JourneyName, DemoServices.JourneyIs, null, new SliDraft { Kind = SliKind.Composite, Rule = CompositeRule.WorstOf, Parts = parts }),
            await OwnerAsync("buying", ct), ct));
    }

    public async Task<IReadOnlyDictionary<(string Service, string Sli), int>> SlisAsync(CancellationToken ct)
    {
        await using var db = await ContextAsync(ct);
        return await db.Slis.AsNoTracking().Join(db.Services, s => s.ServiceId, s => s.Id, (sli, service) => new { Service = service.Slug, sli.Slug, sli.Id })
            .ToDictionaryAsync(s => (s.Service, s.Slug), s => s.Id, ct);
    }

    /// <summary>The source of the shop's series.</summary>
    public Task<int> ScrapesAsync(CancellationToken ct) => SourceAsync(ScrapeSource, SourceKind.RemoteWrite, ct);

    /// <summary>The source of the counts that the mail gateway pushes.</summary>
    public Task<int> MailsAsync(CancellationToken ct) => SourceAsync(MailSource, SourceKind.Push, ct);

    /// <summary>The source of the counts that the probe of checkout pushes.</summary>
    public Task<int> ProbesAsync(CancellationToken ct) => SourceAsync(ProbeSource, SourceKind.Push, ct);

    /// <summary>Known by a token, as any program would be that writes to the portal.</summary>
    private async Task<int> SourceAsync(string name, SourceKind kind, CancellationToken ct)
    {
        await using var db = await ContextAsync(ct);
        if (await db.Sources.Where(s => s.Name == name).Select(s => (int?)s.Id).SingleOrDefaultAsync(ct) is { } known)
            return known;
        var token = Check(name, await Get<CreateToken.Handler>().HandleAsync(new CreateToken(name, [TokenScope.Ingest], 730), await ActorAsync(DemoPeople.Administrator, ct), ct));
        var sender = await Get<ActorDirectory>().FindTokenAsync(token!.Text, ct);
        return Check(name, await Get<TokenSources>().FindAsync(sender!, kind, ct));
    }

    public async Task<Actor> ActorAsync(string key, CancellationToken ct)
    {
        await using var db = await ContextAsync(ct);
        var normalized = SloPortal.Data.Access.Person.NormalizeEmail(DemoPeople.People.First(p => p.Key == key).Email);
        var id = await db.Users.Where(p => p.NormalizedEmail == normalized).Select(p => p.Id).SingleAsync(ct);
        return await Get<ActorDirectory>().FindPersonAsync(id, ct) ?? throw new InvalidOperationException($"The account of {key} is closed; the demo needs it.");
    }

    /// <summary>The value, or null after noting the refusal.</summary>
    /// <param name="orKnown">Whether a refusal only means that it was done before.</param>
    public T? Check<T>(string what, Outcome<T> outcome, bool orKnown = false)
    {
        if (!outcome.Succeeded && !orKnown)
        {
            logger.LogWarning("Demo: {What} was refused: {Reason}", what, outcome.Refusal.Message);
            Refusals.Add($"{what}: {outcome.Refusal.Message}");
        }
        return outcome.Succeeded ? outcome.Value : default;
    }

    public ValueTask DisposeAsync() => operations.DisposeAsync();

    private Task<Actor> OwnerAsync(string team, CancellationToken ct) =>
        ActorAsync(DemoPeople.People.First(p => p.Role == Role.ServiceOwner && p.Teams.Contains(team)).Key, ct);

    private Task<PortalDbContext> ContextAsync(CancellationToken ct) => Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(ct);

    /// <summary>Slugs of teams and addresses of people.</summary>
    private async Task<HashSet<string>> KnownAsync(CancellationToken ct)
    {
        await using var db = await ContextAsync(ct);
        return [.. await db.Teams.Select(t => t.Slug).ToListAsync(ct), .. await db.Users.Select(p => p.Email!).ToListAsync(ct)];
    }
}
