using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents;
using SloPortal.Application.Incidents.Detection;
using SloPortal.Application.Tests.Budgets;
using SloPortal.Data.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Tests.Incidents;

/// <summary>A portal on a database of its own with one objective and people of every role.</summary>
internal sealed class IncidentWorld : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);

    private IncidentWorld(BudgetWorld portal, ObjectiveOfTest objective)
    {
        Portal = portal;
        Objective = objective;
    }

    private int rules;

    public BudgetWorld Portal { get; }
    public ObjectiveOfTest Objective { get; }
    public Actor Commander { get; private set; } = null!;
    public Actor Responder { get; private set; } = null!;
    public Actor Auditor { get; private set; } = null!;
    public Actor Administrator { get; private set; } = null!;

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public DateTimeOffset Now => Portal.Clock.GetUtcNow();

    public string Service => Objective.Service.Slug;

    public ObjectiveKey Key => new(Service, "availability");

    /// <param name="settings">Of the portal.</param>
    public static async Task<IncidentWorld> CreateAsync(params (string Key, string Value)[] settings)
    {
        var portal = await BudgetWorld.CreateAsync(Noon.AddDays(-60), settings);
        var world = new IncidentWorld(portal, await portal.AddObjectiveAsync());
        portal.Clock.SetUtcNow(Noon);
        world.Commander = await world.AddPersonAsync("Ines", Role.IncidentCommander);
        world.Responder = await world.AddPersonAsync("Rosa", Role.Viewer);
        world.Auditor = await world.AddPersonAsync("Aino", Role.Auditor);
        world.Administrator = await world.AddPersonAsync("Adam", Role.Administrator);
        return world;
    }

    public T Get<T>() where T : notnull => Portal.Get<T>();

    public async Task<Actor> AddPersonAsync(string name, Role role)
    {
        await using var db = await Portal.ContextAsync();
        var person = Person.Create(Guid.NewGuid(), $"{Guid.NewGuid():N}@example.com", name, true, Now);
        var known = await db.Roles.SingleOrDefaultAsync(r => r.Name == role.ToString(), Ct);
        if (known is null)
            db.Roles.Add(known = new IdentityRole<Guid> { Id = Guid.NewGuid(), Name = role.ToString(), NormalizedName = role.ToString().ToUpperInvariant() });
        db.Users.Add(person);
        db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = person.Id, RoleId = known.Id });
        await db.SaveChangesAsync(Ct);
        return new Actor { Kind = ActorKind.Person, PersonId = person.Id, Name = name, Roles = [role] };
    }

    /// <summary>Declares an incident that began ten minutes ago.</summary>
    public async Task<int> DeclareAsync(Actor? by = null, bool restricted = false, IReadOnlyList<Guid>? readers = null, string title = "Checkout fails") =>
        (await Get<DeclareIncident.Handler>().HandleAsync(
            new(title, IncidentSeverity.Sev2, [Service], [Key], Now.AddMinutes(-10), "", restricted, readers), by ?? Commander, Ct)).Require();

    public async Task<Guid> AddAlertAsync(DateTimeOffset firedAt, DateTimeOffset? resolvedAt = null, AlertSeverity severity = AlertSeverity.Page)
    {
        await using var db = await Portal.ContextAsync();
        var alert = new Alert
        {
            Id = Guid.CreateVersion7(), ObjectiveId = Objective.Id, VersionId = await db.ObjectiveVersions.Where(v => v.ObjectiveId == Objective.Id).Select(v => v.Id).SingleAsync(Ct),
            RuleIndex = rules++, Severity = severity, LongWindow = TimeSpan.FromHours(1), ShortWindow = TimeSpan.FromMinutes(5), Factor = 14.4,
            FiredAt = firedAt, ResolvedAt = resolvedAt, LongBurn = 30, ShortBurn = 40, LongGood = 970, LongTotal = 1000, ShortGood = 96, ShortTotal = 100,
        };
        db.Alerts.Add(alert);
        await db.SaveChangesAsync(Ct);
        return alert.Id;
    }

    public async Task ResolveAlertAsync(Guid alert, DateTimeOffset at)
    {
        await using var db = await Portal.ContextAsync();
        await db.Alerts.Where(a => a.Id == alert).ExecuteUpdateAsync(set => set.SetProperty(a => a.ResolvedAt, at), Ct);
    }

    public Task FollowAsync() => Portal.Pass<FollowSignals>().RunAsync(Now, Ct);

    public async Task<IncidentDetail> ReadAsync(int number, Actor? by = null) =>
        (await Get<GetIncident.Handler>().HandleAsync(new(number), by ?? Commander, Ct)).Require();

    public async Task<IReadOnlyList<TimelineEntry>> TimelineAsync(int number)
    {
        await using var db = await Portal.ContextAsync();
        return await db.TimelineEntries.AsNoTracking().Where(e => db.Incidents.Any(i => i.Id == e.IncidentId && i.Number == number)).OrderBy(e => e.Number).ToListAsync(Ct);
    }

    public async Task<IReadOnlyList<string>> AuditOfAsync(string action)
    {
        await using var db = await Portal.ContextAsync();
        return await db.AuditEntries.AsNoTracking().Where(e => e.Action == action).OrderBy(e => e.Number).Select(e => e.ActorName).ToListAsync(Ct);
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}
