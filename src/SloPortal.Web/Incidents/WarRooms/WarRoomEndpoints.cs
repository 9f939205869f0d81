using Microsoft.AspNetCore.Http.HttpResults;
using SloPortal.Application.Incidents.Response.WarRooms;
using SloPortal.Domain.Incidents.Response.WarRooms;
using SloPortal.Web.Access;
using SloPortal.Web.Common;
using SloPortal.Web.Incidents.Deciding;

namespace SloPortal.Web.Incidents.WarRooms;

internal static class WarRoomEndpoints
{
    public static void MapWarRooms(this RouteGroupBuilder api)
    {
        var incident = api.MapGroup("/incidents/{number:int}").WithTags("Incidents");
        incident.MapGet("/war-room", async (int number, GetWarRoom.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetWarRoom(number), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetIncidentWarRoom").WithSummary("Who is here, where they talk, and what is to do; tasks also where there is no war room");
        incident.MapPost("/war-room", async (int number, WarRoomGiven to, OpenWarRoom.Handler open, CurrentActor current, CancellationToken ct) =>
                (await open.HandleAsync(new OpenWarRoom(number, to.ClientKey), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("OpenIncidentWarRoom").WithSummary("Opens a war room for an incident that has none, with a checklist for each role");
        incident.MapPost("/war-room/close", async (int number, WarRoomGiven to, CloseWarRoom.Handler close, CurrentActor current, CancellationToken ct) =>
                (await close.HandleAsync(new CloseWarRoom(number, to.ClientKey), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("CloseIncidentWarRoom").WithSummary("Closes the war room; roles and tasks stay as they are");
        incident.MapPut("/war-room/call-link", async (int number, CallLinkGiven to, SayCallLink.Handler say, CurrentActor current, CancellationToken ct) =>
                (await say.HandleAsync(new SayCallLink(number, to.Link, to.ClientKey), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("SayIncidentCallLink").WithSummary("Says where the people of the war room talk; null takes it away");
        incident.MapPost("/tasks", async (int number, TaskGiven to, AddTask.Handler add, CurrentActor current, CancellationToken ct) =>
                (await add.HandleAsync(new AddTask(number, to.Title, to.Assignee, to.ClientKey), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("AddIncidentTask").WithSummary("Asks for something to be done; whoever gets it is told");
        incident.MapPut("/tasks/{task:guid}/assignee", async (int number, Guid task, AssigneeGiven to, GiveTask.Handler give, CurrentActor current, CancellationToken ct) =>
                (await give.HandleAsync(new GiveTask(number, task, to.Person), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("GiveIncidentTask").WithSummary("Gives a task to a person, or to nobody; a step of a checklist is for whoever holds the role");
        incident.MapPut("/tasks/{task:guid}/state", async (int number, Guid task, TaskStateGiven to, MoveTask.Handler move, CurrentActor current, CancellationToken ct) =>
                (await move.HandleAsync(new MoveTask(number, task, to.State), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("MoveIncidentTask").WithSummary("Says that a task or a step is done, not needed, or open again");

        var plan = api.MapGroup("/war-room-plan").WithTags("Incidents");
        plan.MapGet("/", async (GetWarRoomPlan.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetWarRoomPlan(), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetWarRoomPlan").WithSummary("What a war room begins with: where its people talk, and what each role does");
        plan.MapPut("/", async (SetWarRoomPlan request, SetWarRoomPlan.Handler set, CurrentActor current, CancellationToken ct) =>
                DecisionEndpoints.ToVersion(await set.HandleAsync(request, await current.GetAsync(ct), ct)))
            .WithName("SetWarRoomPlan").WithSummary("Says anew what a war room begins with; answers with the new version");
    }
}

internal sealed record WarRoomGiven(string? ClientKey);

internal sealed record CallLinkGiven(string? Link, string? ClientKey);

internal sealed record TaskGiven(string Title, Guid? Assignee, string? ClientKey);

internal sealed record AssigneeGiven(Guid? Person);

internal sealed record TaskStateGiven(TaskState State);
