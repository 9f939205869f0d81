using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Response.WarRooms;
using SloPortal.Application.Incidents.Updates;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response.WarRooms;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Incidents.WarRooms;

/// <summary>The war room in one line: the call, who is here, and what the reader does next. While it is shown to somebody, they are here.</summary>
public sealed partial class WarRoomStrip
{
    /// <summary>More names than that are counted.</summary>
    private const int Named = 4;

    private ITimer? heartbeat;

    [Parameter, EditorRequired] public int Incident { get; set; }

    /// <summary>Somebody is about to do this.</summary>
    [Parameter] public EventCallback<IncidentDoing> Doing { get; set; }

    /// <summary>What was prerendered, so that the live page begins with it.</summary>
    [PersistentState] public Reading? Shown { get; set; }

    [Inject] private GetWarRoom.Handler Get { get; set; } = default!;
    [Inject] private ListUpdatesDue.Handler Updates { get; set; } = default!;
    [Inject] private Attend.Handler Attend { get; set; } = default!;
    [Inject] private CircuitLine Line { get; set; } = default!;

    public sealed record Reading(int Incident, Guid Me, WarRoomRead Room, UpdateDueRow? Due);

    protected override IReadOnlyList<string> Topics => Shown is null ? [] : [WarRoomTopic.Of(Shown.Room.IncidentId), "incident-updates"];

    // Whoever goes says nothing; they are no longer seen.
    protected override TimeSpan? AtLeastEvery => Attendance.Every;

    private string Here
    {
        get
        {
            var here = Shown!.Room.People.Where(p => p.IsHere).Select(p => p.Person.Id == Shown.Me ? "you" : p.Person.Name).ToList();
            return here.Count switch
            {
                0 => "Nobody here",
                1 when here[0] == "you" => "Only you here",
                <= Named => $"{here.Count} here: {string.Join(", ", here)}",
                _ => $"{here.Count} here: {string.Join(", ", here.Take(Named - 1))} and {here.Count - Named + 1} more",
            };
        }
    }

    private List<TaskRow> Mine => [.. Shown!.Room.Tasks.Where(t => t.State == TaskState.Open && t.Assignee?.Id == Shown.Me)];

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    protected override async Task OnParametersSetAsync()
    {
        if (Shown?.Incident != Incident)
            await ReadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        base.OnAfterRender(firstRender);
        // Not before it is read that there is a room to be in.
        if (Shown is { Room.IsOpen: true })
            heartbeat ??= Clock.CreateTimer(_ => _ = InvokeAsync(AttendAsync), null, TimeSpan.Zero, Attendance.Every);
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var incident = Incident;
        var room = (await Get.HandleAsync(new GetWarRoom(incident), actor, Left)).Value;
        var due = (await Updates.HandleAsync(new ListUpdatesDue([incident]), actor, Left)).Value?.SingleOrDefault();
        if (incident == Incident)
            Shown = room is null ? null : new Reading(incident, actor.PersonId, room, due);
    }

    protected override void Dispose(bool disposing)
    {
        heartbeat?.Dispose();
        base.Dispose(disposing);
    }

    private static string RolesOf(Attendant attendant) => attendant.Roles.Count == 0 ? "" : ", " + string.Join(", ", attendant.Roles.Select(IncidentRoles.Word));

    private async Task AttendAsync()
    {
        if (Left.IsCancellationRequested || !Line.IsUp || Shown is not { Room.IsOpen: true })
            return;
        try
        {
            await Attend.HandleAsync(new Attend(Incident), await Current.GetAsync(Left), Left);
        }
        catch (Exception e) when (Left.IsCancellationRequested || Application.Common.PortalFailure.IsDatabaseAway(e))
        {
            // The next one says it again.
        }
    }
}
