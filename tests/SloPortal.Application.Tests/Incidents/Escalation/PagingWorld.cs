using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.Detection.Intake;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Application.Incidents.Escalation.Answering;
using SloPortal.Application.Incidents.Escalation.Contacts;
using SloPortal.Application.Incidents.Escalation.Paging;
using SloPortal.Application.Incidents.Escalation.Policies;
using SloPortal.Application.Tests.Budgets;
using SloPortal.Data.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Escalation.Quiet;

namespace SloPortal.Application.Tests.Incidents.Escalation;

/// <summary>A portal on a database of its own: a team with a service, a source of signals, and two people who can be called.</summary>
internal sealed class PagingWorld : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    private KnownSource source = null!;

    private PagingWorld(BudgetWorld portal, ObjectiveOfTest objective) => (Portal, Objective) = (portal, objective);

    public BudgetWorld Portal { get; }
    public ObjectiveOfTest Objective { get; }
    public Guid TeamId => Objective.Service.OwnerTeamId;
    public string Team { get; private set; } = "";
    public string Service => Objective.Service.Slug;
    public Actor Owner { get; private set; } = null!;
    public Actor First { get; private set; } = null!;
    public Actor Second { get; private set; } = null!;

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public DateTimeOffset Now => Portal.Clock.GetUtcNow();

    public T Get<T>() where T : notnull => Portal.Get<T>();

    public static async Task<PagingWorld> CreateAsync(params (string, string)[] settings)
    {
        var portal = await BudgetWorld.CreateAsync(Noon, [("Notifications:AllowedHosts:0", "127.0.0.1"), ("Portal:PublicUrl", "https://slo.example.com"), .. settings]);
        var world = new PagingWorld(portal, await portal.AddObjectiveAsync());
        await using (var db = await portal.ContextAsync())
            world.Team = await db.Teams.Where(t => t.Id == world.TeamId).Select(t => t.Slug).SingleAsync(Ct);
        world.Owner = await world.AddPersonAsync("Olga", Role.ServiceOwner);
        world.First = await world.AddPersonAsync("Aiko");
        world.Second = await world.AddPersonAsync("Bela");
        var made = (await world.Get<AddSignalSource.Handler>().HandleAsync(new AddSignalSource(world.Team, SignalSourceKind.Alertmanager, "Cluster", world.Service, null, null), world.Owner, Ct)).Require();
        world.source = (await world.Get<SignalSourceDirectory>().FindAsync(made.Key, Ct))!;
        return world;
    }

    public async Task<Actor> AddPersonAsync(string name, params Role[] roles)
    {
        await using var db = await Portal.ContextAsync();
        var person = Person.Create(Guid.NewGuid(), $"{name.ToLowerInvariant()}@example.com", name, true, Now);
        db.Users.Add(person);
        db.TeamMembers.Add(new TeamMember(TeamId, person.Id));
        await db.SaveChangesAsync(Ct);
        return new Actor { Kind = ActorKind.Person, PersonId = person.Id, Name = name, Roles = [.. roles], TeamIds = [TeamId] };
    }

    /// <summary>Also in the database, for whoever is found by their role.</summary>
    public async Task GiveRoleAsync(Actor person, Role role)
    {
        await using var db = await Portal.ContextAsync();
        var known = await db.Roles.SingleOrDefaultAsync(r => r.Name == role.ToString(), Ct);
        if (known is null)
            db.Roles.Add(known = new() { Id = Guid.NewGuid(), Name = role.ToString(), NormalizedName = role.ToString().ToUpperInvariant() });
        db.UserRoles.Add(new() { UserId = person.PersonId, RoleId = known.Id });
        await db.SaveChangesAsync(Ct);
    }

    /// <summary>A policy of one person a level, ten minutes each, by which everything from errors on calls.</summary>
    public async Task<Guid> CallAsync(params Actor[] levels) =>
        await CallAsync([.. levels.Select(p => new LevelGiven(10, [new(EscalationTargetKind.Person, p.PersonId)]))]);

    public async Task<Guid> CallAsync(IReadOnlyList<LevelGiven> levels, int repeats = 0, IReadOnlyList<string>? groupBy = null, QuietTerms? quiet = null)
    {
        var policy = (await Get<CreateEscalationPolicy.Handler>().HandleAsync(new(Team, "Primary", levels, repeats), Owner, Ct)).Require();
        (await Get<SetPagingRules.Handler>().HandleAsync(new(Team, [new(SignalSeverity.Error, Policy: policy, GroupBy: groupBy, Quiet: quiet)]), Owner, Ct)).Require();
        return policy;
    }

    public Task FireAsync(string key = "disk", SignalSeverity severity = SignalSeverity.Error) => SendAsync(Fires(key, severity));

    public Task EndAsync(string key = "disk") => SendAsync(Fires(key) with { Word = SignalWord.IsResolved, EndedAt = Now });

    public SignalReading Fires(string key = "disk", SignalSeverity severity = SignalSeverity.Error) =>
        new(SignalWord.Fires, key, $"{key} is full", severity, new Dictionary<string, string> { ["service"] = Service, ["instance"] = key }, StartedAt: Now);

    public async Task SendAsync(params SignalReading[] readings) =>
        (await Get<ReceiveSignals.Handler>().HandleAsync(new ReceiveSignals(source, [.. readings.Select(r => new ReceivedSignal(r))]), source.Actor, Ct)).Require();

    /// <summary>What a second or two of the background work does.</summary>
    public async Task TickAsync(BudgetWorld? by = null)
    {
        var portal = by ?? Portal;
        await portal.Pass<DecideSignals>().RunAsync(Now, Ct);
        await portal.Pass<CallLevels>().RunAsync(Now, Ct);
        await portal.Pass<SendCalls>().RunAsync(Now, Ct);
    }

    public async Task<PageDetail> PageAsync(int? number = null)
    {
        var list = (await Get<ListPages.Handler>().HandleAsync(new ListPages(), Owner, Ct)).Require();
        return (await Get<GetPage.Handler>().HandleAsync(new GetPage(number ?? Assert.Single(list.Pages.Items).Number), Owner, Ct)).Require();
    }

    public async Task<IReadOnlyList<SignalEvent>> LedgerAsync()
    {
        await using var db = await Portal.ContextAsync();
        return await db.SignalEvents.AsNoTracking().OrderBy(e => e.Id).ToListAsync(Ct);
    }

    public async Task<Guid> AddWayAsync(Actor person, ContactChannel channel, string address, int delay = 0) =>
        (await Get<AddContactMethod.Handler>().HandleAsync(new(channel, address, delay), person, Ct)).Require();

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}
