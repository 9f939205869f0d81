using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents;
using SloPortal.Application.Incidents.Response.WarRooms;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response.WarRooms;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.WarRooms;

/// <summary>What is to do in an incident: what was asked for, and the checklist of each role.</summary>
public sealed partial class TasksPanel
{
    private IReadOnlyList<Choice> people = [];
    private string? title;
    private string? assignee;
    private string key = "";
    private bool adding;
    private bool busy;
    private Refusal? refusal;

    [Parameter, EditorRequired] public int Incident { get; set; }

    /// <summary>Who may see a restricted incident; empty where everybody may.</summary>
    [Parameter] public IReadOnlyList<IncidentPerson> Readers { get; set; } = [];

    /// <summary>What was prerendered, so that the live page begins with it.</summary>
    [PersistentState] public Reading? Shown { get; set; }

    [Inject] private GetWarRoom.Handler Get { get; set; } = default!;
    [Inject] private AddTask.Handler Add { get; set; } = default!;
    [Inject] private MoveTask.Handler Move { get; set; } = default!;
    [Inject] private GiveTask.Handler Give { get; set; } = default!;
    [Inject] private ListPeople.Handler People { get; set; } = default!;

    public sealed record Reading(int Incident, Guid Me, WarRoomRead Room);

    protected override IReadOnlyList<string> Topics => Shown is null ? [] : [WarRoomTopic.Of(Shown.Room.IncidentId)];

    /// <summary>What is open first.</summary>
    private IEnumerable<TaskRow> Asked => Shown!.Room.Tasks.Where(t => t.Role is null).OrderBy(t => t.State != TaskState.Open);

    private IEnumerable<IGrouping<IncidentRole, TaskRow>> Checklists => Shown!.Room.Tasks.Where(t => t.Role is not null).GroupBy(t => t.Role!.Value);

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Incident != Incident)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var incident = Incident;
        var room = (await Get.HandleAsync(new GetWarRoom(incident), actor, Left)).Value;
        if (incident == Incident)
            Shown = room is null ? null : new Reading(incident, actor.PersonId, room);
    }

    private static string Count(IEnumerable<TaskRow> steps) =>
        steps.Where(s => s.State != TaskState.NotNeeded).ToList() is var needed ? $"{needed.Count(s => s.State == TaskState.Done)} of {needed.Count} done" : "";

    private async Task BeginAsync()
    {
        (adding, title, assignee, refusal, key) = (true, null, null, null, Guid.NewGuid().ToString());
        people = Readers.Count > 0 ? [.. Readers.Select(r => new Choice(r.Id.ToString(), r.Name))]
            : [.. ((await People.HandleAsync(new ListPeople(Disabled: false, Size: 500), await Current.GetAsync(), Left)).Value?.Items ?? []).Select(p => new Choice(p.Id.ToString(), p.Name))];
    }

    private Task AddAsync() => DoAsync(async actor =>
    {
        var added = await Add.HandleAsync(new AddTask(Incident, title ?? "", Guid.TryParse(assignee, out var person) ? person : null, key), actor, Left);
        adding = !added.Succeeded;
        return added.Refusal;
    });

    private Task MoveAsync(TaskRow task, TaskState to) => DoAsync(async actor => (await Move.HandleAsync(new MoveTask(Incident, task.Id, to), actor, Left)).Refusal);

    private Task TakeAsync(TaskRow task) => DoAsync(async actor => (await Give.HandleAsync(new GiveTask(Incident, task.Id, actor.PersonId), actor, Left)).Refusal);

    private async Task DoAsync(Func<Actor, Task<Refusal?>> change)
    {
        busy = true;
        refusal = await change(await Current.GetAsync());
        if (refusal is not { Kind: RefusalKind.Unavailable })
            await ReadAsync();
        busy = false;
    }
}
