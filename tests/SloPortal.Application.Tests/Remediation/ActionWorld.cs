using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Remediation;
using SloPortal.Application.Tests.Incidents;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Tests.Remediation;

/// <summary>A portal with an objective, people of every role, and two members of the team that owns the service.</summary>
internal sealed class ActionWorld : IAsyncDisposable
{
    private ActionWorld(IncidentWorld incidents) => Incidents = incidents;

    public IncidentWorld Incidents { get; }
    public Actor Member { get; private set; } = null!;
    public Actor Colleague { get; private set; } = null!;

    public string Team => Incidents.Objective.Team.Slug;

    public DateOnly Today => DateOnly.FromDateTime(Incidents.Now.UtcDateTime);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<ActionWorld> CreateAsync()
    {
        var world = new ActionWorld(await IncidentWorld.CreateAsync());
        world.Member = await world.AddMemberAsync("Mia");
        world.Colleague = await world.AddMemberAsync("Carl");
        return world;
    }

    public T Get<T>() where T : notnull => Incidents.Get<T>();

    public async Task<Actor> AddMemberAsync(string name)
    {
        var person = await Incidents.AddPersonAsync(name, Role.Viewer);
        await using var db = await Incidents.Portal.ContextAsync();
        db.Add(new TeamMember(Incidents.Objective.Team.Id, person.PersonId));
        await db.SaveChangesAsync(Ct);
        return person with { TeamIds = [Incidents.Objective.Team.Id] };
    }

    public Task<Outcome<int>> TryCreateAsync(Actor? by = null, int dueIn = 7, Guid? assignee = null, int? incident = null, int? postmortem = null, string title = "Add a retry") =>
        Get<CreateAction.Handler>().HandleAsync(new CreateAction(title, Team, Today.AddDays(dueIn), "", assignee, Incidents.Service, incident, postmortem), by ?? Member, Ct);

    public async Task<int> CreateAsync(Actor? by = null, int dueIn = 7, Guid? assignee = null, int? incident = null, int? postmortem = null, string title = "Add a retry") =>
        (await TryCreateAsync(by, dueIn, assignee, incident, postmortem, title)).Require();

    public async Task<ActionDetail> ReadAsync(int number, Actor? by = null) => (await Get<GetAction.Handler>().HandleAsync(new GetAction(number), by ?? Member, Ct)).Require();

    public async Task<ActionList> ListAsync(ListActions? request = null, Actor? by = null) =>
        (await Get<ListActions.Handler>().HandleAsync(request ?? new ListActions(), by ?? Member, Ct)).Require();

    public Task<Outcome<Done>> CompleteAsync(int number, Actor? by = null, string proof = "https://example.com/pull/7", string outcome = "The retry is tested.") =>
        Get<CompleteAction.Handler>().HandleAsync(new CompleteAction(number, proof, outcome), by ?? Member, Ct);

    /// <summary>Who was told of the action.</summary>
    public async Task<IReadOnlyList<Guid>> ToldAsync(int number)
    {
        await using var db = await Incidents.Portal.ContextAsync();
        return await db.Notices.Where(n => n.Address == $"/actions/{number}").Select(n => n.PersonId).ToListAsync(Ct);
    }

    public ValueTask DisposeAsync() => Incidents.DisposeAsync();
}
