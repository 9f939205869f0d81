using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.Response.WarRooms;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Response.WarRooms;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Tests.Incidents.WarRooms;

public sealed class WarRoomTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_WithAPlan_GivesEachRoleItsChecklistAndTheCallOfTheIncident()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var set = world.Get<SetWarRoomPlan.Handler>();
        var plan = new SetWarRoomPlan("https://meet.example.com/{code}", [new(IncidentRole.Scribe, [" Write. ", "Check."]), new(IncidentRole.Commander, ["Command."])], 1);
        Assert.Equal(RefusalKind.Denied, (await set.HandleAsync(plan, world.Commander, Ct)).Refusal?.Kind);
        Assert.Equal(2, (await set.HandleAsync(plan, world.Administrator, Ct)).Require());
        Assert.Equal(RefusalKind.Conflict, (await set.HandleAsync(plan, world.Administrator, Ct)).Refusal?.Kind);
        var number = await world.DeclareAsync();
        await OpenAsync(world, number);

        var room = await ReadAsync(world, number);
        Assert.Equal((true, $"https://meet.example.com/INC-{number}"), (room.IsOpen, room.CallLink));
        Assert.Equal([(IncidentRole.Commander, "Command."), (IncidentRole.Scribe, "Write."), (IncidentRole.Scribe, "Check.")], room.Tasks.Select(t => (t.Role!.Value, t.Title)));

        // A plan that changes, and a room that is opened again, leave what is done as it is.
        (await world.Get<MoveTask.Handler>().HandleAsync(new(number, room.Tasks[1].Id, TaskState.Done), world.Responder, Ct)).Require();
        (await set.HandleAsync(plan with { Checklists = [], CallLink = null, Version = 2 }, world.Administrator, Ct)).Require();
        (await world.Get<CloseWarRoom.Handler>().HandleAsync(new(number), world.Commander, Ct)).Require();
        await OpenAsync(world, number);
        room = await ReadAsync(world, number);
        Assert.Equal((3, $"https://meet.example.com/INC-{number}"), (room.Tasks.Count, room.CallLink));
        Assert.Equal((TaskState.Done, "Rosa"), (room.Tasks[1].State, room.Tasks[1].MovedBy));
        Assert.DoesNotContain(await world.TimelineAsync(number), e => e.Kind == EntryKind.Task);
        Assert.Equal(["Rosa"], await world.AuditOfAsync("incident.step_moved"));
    }

    [Fact]
    public async Task Step_OfARole_IsForWhoeverHoldsIt()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        await OpenAsync(world, number);
        Assert.All((await ReadAsync(world, number)).Tasks, t => Assert.Null(t.Assignee));

        (await world.Get<AssignRole.Handler>().HandleAsync(new(number, IncidentRole.Scribe, world.Responder.PersonId), world.Commander, Ct)).Require();

        var steps = (await ReadAsync(world, number)).Tasks;
        Assert.All(steps, t => Assert.Equal(t.Role == IncidentRole.Scribe ? "Rosa" : null, t.Assignee?.Name));
        Assert.Equal(WarRoomPlan.Usual.Checklists.Sum(c => c.Steps.Count), steps.Count);
        Assert.Equal(RefusalKind.Conflict, (await world.Get<GiveTask.Handler>().HandleAsync(new(number, steps[0].Id, world.Responder.PersonId), world.Commander, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task Task_AskedGivenAndDone_StandsInTheTimelineAndTellsWhoHasIt()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var add = world.Get<AddTask.Handler>();
        Assert.Equal(RefusalKind.Denied, (await add.HandleAsync(new(number, "Look at the queue"), world.Auditor, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await add.HandleAsync(new(number, " "), world.Responder, Ct)).Refusal?.Kind);
        var entry = (await add.HandleAsync(new(number, "Look at the queue", world.Responder.PersonId, "k"), world.Commander, Ct)).Require();
        Assert.Equal(entry, (await add.HandleAsync(new(number, "Look at the queue", world.Responder.PersonId, "k"), world.Commander, Ct)).Require());
        var task = Assert.Single((await ReadAsync(world, number)).Tasks);
        Assert.Equal(("Rosa", "Ines"), (task.Assignee?.Name, task.AddedBy));
        Assert.Contains((await world.Get<ListNotices.Handler>().HandleAsync(new(), world.Responder, Ct)).Require().Notices, n => n.Text == $"Ines asks you in INC-{number}: Look at the queue");

        (await world.Get<GiveTask.Handler>().HandleAsync(new(number, task.Id, null), world.Responder, Ct)).Require();
        (await world.Get<MoveTask.Handler>().HandleAsync(new(number, task.Id, TaskState.NotNeeded), world.Responder, Ct)).Require();

        Assert.Equal(["Task for Rosa: Look at the queue", "Task for nobody any more: Look at the queue", "Task not needed: Look at the queue"],
            (await world.TimelineAsync(number)).Where(e => e.Kind == EntryKind.Task).Select(e => e.Body));
        var other = await world.DeclareAsync();
        Assert.Equal(RefusalKind.NotFound, (await world.Get<MoveTask.Handler>().HandleAsync(new(other, task.Id, TaskState.Open), world.Responder, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task Attend_WhileThereIsARoom_SaysWhoIsHereAndWhoWas()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        await AttendAsync(world, number, world.Responder);
        Assert.Empty((await ReadAsync(world, number)).People);
        await OpenAsync(world, number);

        await AttendAsync(world, number, world.Responder);
        world.Portal.Clock.Advance(TimeSpan.FromSeconds(40));
        await AttendAsync(world, number, world.Auditor);
        await AttendAsync(world, number, world.Responder with { Kind = ActorKind.Token });
        world.Portal.Clock.Advance(TimeSpan.FromSeconds(30));

        var people = (await ReadAsync(world, number)).People;
        Assert.Equal([("Rosa", false), ("Aino", true)], people.Select(p => (p.Person.Name, p.IsHere)));
        await AttendAsync(world, number, world.Responder);
        var rosa = (await ReadAsync(world, number)).People[0];
        Assert.Equal((true, IncidentWorld.Noon, world.Now), (rosa.IsHere, rosa.ArrivedAt, rosa.SeenAt));
        (await world.Get<CloseWarRoom.Handler>().HandleAsync(new(number), world.Commander, Ct)).Require();
        Assert.All((await ReadAsync(world, number)).People, p => Assert.False(p.IsHere));
    }

    [Fact]
    public async Task Room_OfARestrictedIncident_IsNotThereForOthers()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync(restricted: true);
        await OpenAsync(world, number);
        var gone = IncidentToChangeNotFound(number);

        Assert.Equal(gone, (await world.Get<GetWarRoom.Handler>().HandleAsync(new(number), world.Administrator, Ct)).Refusal);
        Assert.Equal(gone, (await world.Get<Attend.Handler>().HandleAsync(new(number), world.Administrator, Ct)).Refusal);
        Assert.Equal(gone, (await world.Get<AddTask.Handler>().HandleAsync(new(number, "Look"), world.Administrator, Ct)).Refusal);
        Assert.Equal("Assignee", Assert.Single((await world.Get<AddTask.Handler>().HandleAsync(new(number, "Look", world.Responder.PersonId), world.Commander, Ct)).Refusal!.Fields!).Key);
        Assert.Empty((await ReadAsync(world, number)).People);
        (await world.Get<AddTask.Handler>().HandleAsync(new(number, "Look"), world.Commander, Ct)).Require();
        var task = (await ReadAsync(world, number)).Tasks.Single(t => t.Role is null).Id;
        Assert.Equal("Assignee", Assert.Single((await world.Get<GiveTask.Handler>().HandleAsync(new(number, task, world.Responder.PersonId), world.Commander, Ct)).Refusal!.Fields!).Key);
    }

    [Fact]
    public async Task Merge_WithTasks_MovesThemBehindThoseOfTheSurvivor()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var (merged, survivor) = (await world.DeclareAsync(), await world.DeclareAsync(title: "Payment fails"));
        await OpenAsync(world, merged);
        foreach (var (number, title) in new[] { (merged, "First here"), (survivor, "First there"), (merged, "Second here") })
            (await world.Get<AddTask.Handler>().HandleAsync(new(number, title), world.Responder, Ct)).Require();

        (await world.Get<MergeIncidents.Handler>().HandleAsync(new(merged, survivor), world.Commander, Ct)).Require();

        var room = await ReadAsync(world, survivor);
        Assert.True(room.IsOpen);
        Assert.Equal(["First there", "First here", "Second here"], room.Tasks.Where(t => t.Role is null).Select(t => t.Title));
        Assert.Equal(WarRoomPlan.Usual.Checklists.Sum(c => c.Steps.Count), room.Tasks.Count(t => t.Role is not null));
        Assert.Empty((await ReadAsync(world, merged)).Tasks);
    }

    [Fact]
    public async Task CallLink_Said_IsKeptAndStandsInTheTimeline()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        var say = world.Get<SayCallLink.Handler>();
        await OpenAsync(world, number);

        Assert.Equal(RefusalKind.Invalid, (await say.HandleAsync(new(number, "javascript:alert(1)"), world.Commander, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Denied, (await say.HandleAsync(new(number, "https://meet.example.com/1"), world.Responder, Ct)).Refusal?.Kind);
        (await say.HandleAsync(new(number, " https://meet.example.com/1 "), world.Commander, Ct)).Require();

        Assert.Equal("https://meet.example.com/1", (await ReadAsync(world, number)).CallLink);
        Assert.Equal("People talk at https://meet.example.com/1", (await world.TimelineAsync(number))[^1].Body);
    }

    [Fact]
    public async Task Status_Closed_ClosesTheRoomAndSaysSo()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        await OpenAsync(world, number);
        foreach (var status in (IncidentStatus[])[IncidentStatus.Acknowledged, IncidentStatus.Resolved, IncidentStatus.Closed])
            (await world.Get<ChangeStatus.Handler>().HandleAsync(new(number, status), world.Commander, Ct)).Require();

        Assert.False((await ReadAsync(world, number)).IsOpen);
        Assert.Equal((EntryKind.WarRoom, "The war room was closed with the incident"), ((await world.TimelineAsync(number))[^1].Kind, (await world.TimelineAsync(number))[^1].Body));
    }

    private static Refusal IncidentToChangeNotFound(int number) => Refusal.NotFound($"The incident INC-{number}");

    private static async Task OpenAsync(IncidentWorld world, int number) => (await world.Get<OpenWarRoom.Handler>().HandleAsync(new(number), world.Commander, Ct)).Require();

    private static async Task AttendAsync(IncidentWorld world, int number, Actor actor) => (await world.Get<Attend.Handler>().HandleAsync(new(number), actor, Ct)).Require();

    private static async Task<WarRoomRead> ReadAsync(IncidentWorld world, int number) =>
        (await world.Get<GetWarRoom.Handler>().HandleAsync(new(number), world.Commander, Ct)).Require();
}
