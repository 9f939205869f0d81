using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Incidents.OnCall;
using SloPortal.Application.Incidents.OnCall.Schedules;
using SloPortal.Application.Incidents.OnCall.Shifts;
using SloPortal.Application.Tests.Budgets;
using SloPortal.Data.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Application.Tests.Incidents.OnCall;

/// <summary>A team of three with a schedule of weeks that are handed over on Mondays at nine UTC.</summary>
internal sealed class OnCallWorld : IAsyncDisposable
{
    /// <summary>A Monday, an hour before the first hand-off.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    private OnCallWorld(BudgetWorld portal) => Portal = portal;

    public BudgetWorld Portal { get; }
    public Team Team { get; private set; } = null!;

    /// <summary>A service owner; the first of the rotation.</summary>
    public Actor Ada { get; private set; } = null!;

    /// <summary>A member who owns nothing.</summary>
    public Actor Ben { get; private set; } = null!;

    public Actor Cem { get; private set; } = null!;

    /// <summary>A service owner of another team.</summary>
    public Actor Stranger { get; private set; } = null!;

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<OnCallWorld> CreateAsync(params (string Key, string Value)[] settings)
    {
        var world = new OnCallWorld(await BudgetWorld.CreateAsync(Start, settings));
        await using (var db = await world.Portal.ContextAsync())
        {
            db.Teams.Add(world.Team = new Team(Guid.NewGuid(), "shop", "Shop", "", Start));
            await db.SaveChangesAsync(Ct);
        }
        world.Ada = await world.AddPersonAsync("Ada", Role.ServiceOwner, world.Team.Id);
        world.Ben = await world.AddPersonAsync("Ben", Role.Viewer, world.Team.Id);
        world.Cem = await world.AddPersonAsync("Cem", Role.Viewer, world.Team.Id);
        world.Stranger = await world.AddPersonAsync("Sil", Role.ServiceOwner, null);
        (await world.Get<CreateSchedule.Handler>().HandleAsync(new CreateSchedule("shop", "weeks", "Weeks", "UTC", [world.Weeks()]), world.Ada, Ct)).Require();
        world.Portal.Clock.SetUtcNow(Start.AddHours(4));
        return world;
    }

    public T Get<T>() where T : notnull => Portal.Get<T>();

    public DateTimeOffset Now => Portal.Clock.GetUtcNow();

    public LayerGiven Weeks(TimeOnly? handOff = null) => new(null, "Weekly", ShiftUnit.Weeks, 1, new DateOnly(2026, 11, 2), handOff ?? new TimeOnly(9, 0), [Ada.PersonId, Ben.PersonId, Cem.PersonId]);

    public async Task<Actor> AddPersonAsync(string name, Role role, Guid? team)
    {
        await using var db = await Portal.ContextAsync();
        var person = Person.Create(Guid.NewGuid(), $"{Guid.NewGuid():N}@example.com", name, true, Start);
        db.Users.Add(person);
        if (team is { } id)
            db.TeamMembers.Add(new TeamMember(id, person.Id));
        await db.SaveChangesAsync(Ct);
        return new Actor { Kind = ActorKind.Person, PersonId = person.Id, Name = name, Roles = [role], TeamIds = team is { } one ? [one] : [] };
    }

    public async Task<ScheduleDetails> ReadAsync(DateTimeOffset? from = null, int days = 35, Actor? by = null) =>
        (await Get<GetSchedule.Handler>().HandleAsync(new GetSchedule("weeks", from ?? Start, days), by ?? Ada, Ct)).Require();

    /// <summary>The shift of that number, as the schedule names it.</summary>
    public async Task<ShiftName> ShiftAsync(long index) => new((await ReadAsync()).Layers[0].Id!.Value, index);

    public async Task<Outcome<Done>> TakeAsync(Actor by, long index, Guid? to = null)
    {
        var shift = await ShiftAsync(index);
        return await Get<TakeShift.Handler>().HandleAsync(new TakeShift("weeks", shift.Layer, shift.Index, to), by, Ct);
    }

    public async Task<Guid?> PersonAtAsync(DateTimeOffset at)
    {
        await using var db = await Portal.ContextAsync();
        var id = await db.Schedules.Where(s => s.Slug == "weeks").Select(s => s.Id).SingleAsync(Ct);
        return (await OnCallPeople.AtAsync(db, [id], at, Ct))[id] is [var person] ? person : null;
    }

    public async Task<List<string>> NoticesOfAsync(Actor person)
    {
        await using var db = await Portal.ContextAsync();
        return await db.Notices.Where(n => n.PersonId == person.PersonId).OrderBy(n => n.CreatedAt).Select(n => n.Text).ToListAsync(Ct);
    }

    public async Task<List<string>> AuditAsync()
    {
        await using var db = await Portal.ContextAsync();
        return await db.AuditEntries.OrderBy(e => e.Number).Select(e => e.Action).ToListAsync(Ct);
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}
