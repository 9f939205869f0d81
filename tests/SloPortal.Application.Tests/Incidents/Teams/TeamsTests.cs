using SloPortal.Application.Incidents.Escalation.Paging;
using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.Response.Teams;
using SloPortal.Application.Incidents.Response.WarRooms;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Escalation;
using SloPortal.Domain.Incidents.Response.Teams;
using SloPortal.Domain.Incidents.Timeline;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents.Teams;

public sealed class TeamsTests
{
    [Fact]
    public async Task Ask_ATeamWithARuleThatCalls_PagesItUntilSomebodyLeads()
    {
        await using var teams = await TeamWorld.CreateAsync(calls: true);
        var number = await teams.World.DeclareAsync();
        await teams.AskAsync(number);
        var page = Assert.Single(await teams.PagesAsync());
        Assert.Equal(($"INC-{number} needs Payments: Look at the queue", "Payments first", PageState.Open), (page.Title, page.PolicyName, page.State));
        await teams.World.Portal.Pass<CallLevels>().RunAsync(teams.World.Now, Ct);
        Assert.Contains($"You are called: {page.Title}", await teams.NoticesAsync(teams.Priya));
        Assert.Equal(RefusalKind.Conflict, (await teams.World.Get<AskTeam.Handler>().HandleAsync(new(number, "payments", "Again"), teams.World.Commander, Ct)).Refusal?.Kind);

        await teams.LeadAsync(number, teams.Paul);

        page = Assert.Single(await teams.PagesAsync());
        Assert.Equal((PageState.Resolved, "Paul has it."), (page.State, page.ResolvedBecause));
        var row = Assert.Single((await teams.ReadAsync(number)).Teams);
        Assert.Equal(("Payments", "Paul", TeamState.Working), (row.Name, row.Lead?.Name, row.State));
        Assert.Equal(["Payments is asked (called by \"Payments first\"): Look at the queue", "Paul leads Payments"],
            (await teams.World.TimelineAsync(number)).Where(e => e.Kind == EntryKind.Team).Select(e => e.Body));
    }

    [Fact]
    public async Task Ask_ATeamThatNothingCalls_TellsItsPeople()
    {
        await using var teams = await TeamWorld.CreateAsync();
        var number = await teams.World.DeclareAsync();

        await teams.AskAsync(number);

        Assert.Empty(await teams.PagesAsync());
        foreach (var person in new[] { teams.Priya, teams.Paul })
            Assert.Contains($"Ines asks for Payments in INC-{number}: Look at the queue", await teams.NoticesAsync(person));
        Assert.Empty(await teams.NoticesAsync(teams.Core));
    }

    [Fact]
    public async Task Resolve_AnIncidentThatStillCallsATeam_EndsTheCalling()
    {
        await using var teams = await TeamWorld.CreateAsync(calls: true);
        var (number, other) = (await teams.World.DeclareAsync(), await teams.World.DeclareAsync(title: "Search is slow"));
        await teams.AskAsync(number);
        await teams.AskAsync(other);

        foreach (var status in (IncidentStatus[])[IncidentStatus.Acknowledged, IncidentStatus.Mitigated, IncidentStatus.Resolved])
            (await teams.World.Get<ChangeStatus.Handler>().HandleAsync(new(number, status), teams.World.Commander, Ct)).Require();

        Assert.Equal([(PageState.Resolved, "The incident is over."), (PageState.Open, null)], (await teams.PagesAsync()).Select(p => (p.State, p.ResolvedBecause)));
        Assert.Equal(RefusalKind.Conflict, (await teams.World.Get<LeadTeam.Handler>().HandleAsync(new(number, "payments"), teams.Priya, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task Lead_BySomebodyOfAnotherTeam_IsRefused()
    {
        await using var teams = await TeamWorld.CreateAsync();
        var number = await teams.World.DeclareAsync();
        await teams.AskAsync(number);
        var lead = teams.World.Get<LeadTeam.Handler>();

        Assert.Equal(RefusalKind.Denied, (await lead.HandleAsync(new(number, "payments"), teams.Core, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await lead.HandleAsync(new(number, "payments"), teams.World.Commander, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Conflict, (await lead.HandleAsync(new(number, "core"), teams.Core, Ct)).Refusal?.Kind);
        (await lead.HandleAsync(new(number, "payments", teams.Priya.PersonId), teams.World.Commander, Ct)).Require();
        Assert.Contains($"You lead Payments in INC-{number}: Look at the queue", await teams.NoticesAsync(teams.Priya));
    }

    [Fact]
    public async Task HandOff_OfAPart_GoesOverWithItsTasksOnlyOnceAccepted()
    {
        await using var teams = await TeamWorld.CreateAsync();
        var number = await teams.World.DeclareAsync();
        await teams.AskAsync(number);
        await teams.LeadAsync(number, teams.Priya);
        (await teams.World.Get<AddTask.Handler>().HandleAsync(new(number, "Call the bank", teams.Priya.PersonId, Team: "payments"), teams.World.Commander, Ct)).Require();
        var answer = teams.World.Get<AnswerHandOff.Handler>();

        var handOff = await teams.OfferAsync(number, teams.Priya);
        var before = await teams.ReadAsync(number, teams.Core);
        Assert.Equal(("Priya", 1), (Assert.Single(before.Teams).Lead?.Name, before.Teams[0].OpenTasks));
        Assert.True(before.HandOffs[0].MayAnswer);
        Assert.False((await teams.ReadAsync(number, teams.Paul)).HandOffs[0].MayAnswer);
        Assert.Equal(RefusalKind.Denied, (await answer.HandleAsync(new(number, handOff, true), teams.Paul, Ct)).Refusal?.Kind);
        Assert.Contains($"INC-{number}: the part of Payments is offered to Core. Accept or decline it.", await teams.NoticesAsync(teams.Core));
        Assert.Equal(RefusalKind.Conflict, (await teams.World.Get<OfferHandOff.Handler>().HandleAsync(new(number, "payments", "core", "Again."), teams.Paul, Ct)).Refusal?.Kind);

        (await answer.HandleAsync(new(number, handOff, true), teams.Core, Ct)).Require();

        var after = (await teams.ReadAsync(number)).Teams;
        Assert.Equal([("Core", "Cora", TeamState.Working, 1), ("Payments", "Priya", TeamState.Done, 0)], after.Select(t => (t.Name, t.Lead!.Name, t.State, t.OpenTasks)));
        Assert.Equal("Handed to Core", after[1].Note);
        Assert.Contains($"INC-{number}: Cora accepts for Core", await teams.NoticesAsync(teams.Priya));
        Assert.Equal(RefusalKind.Conflict, (await answer.HandleAsync(new(number, handOff, true), teams.Core, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task HandOff_OfATask_LeavesThePartWhereItIs()
    {
        await using var teams = await TeamWorld.CreateAsync();
        var number = await teams.World.DeclareAsync();
        await teams.AskAsync(number);
        await teams.LeadAsync(number, teams.Priya);
        (await teams.World.Get<AddTask.Handler>().HandleAsync(new(number, "Call the bank", Team: "payments"), teams.World.Commander, Ct)).Require();
        var task = Assert.Single((await teams.World.Get<GetWarRoom.Handler>().HandleAsync(new(number), teams.Priya, Ct)).Require().Tasks);
        Assert.Equal("Payments", task.Team);

        var handOff = await teams.OfferAsync(number, teams.Priya, task: task.Id);
        (await teams.World.Get<AnswerHandOff.Handler>().HandleAsync(new(number, handOff, true), teams.Core, Ct)).Require();

        Assert.Equal([("Core", TeamState.Working, 1), ("Payments", TeamState.Working, 0)], (await teams.ReadAsync(number)).Teams.Select(t => (t.Name, t.State, t.OpenTasks)));
        task = Assert.Single((await teams.World.Get<GetWarRoom.Handler>().HandleAsync(new(number), teams.Priya, Ct)).Require().Tasks);
        Assert.Equal(("Core", "Cora"), (task.Team, task.Assignee?.Name));
    }

    [Fact]
    public async Task HandOff_WithinATeam_MakesWhoeverAcceptsItsLead()
    {
        await using var teams = await TeamWorld.CreateAsync();
        var number = await teams.World.DeclareAsync();
        await teams.AskAsync(number);
        await teams.LeadAsync(number, teams.Priya);
        var handOff = await teams.OfferAsync(number, teams.Priya, to: "payments");
        var answer = teams.World.Get<AnswerHandOff.Handler>();
        Assert.Equal(RefusalKind.Denied, (await answer.HandleAsync(new(number, handOff, true), teams.Priya, Ct)).Refusal?.Kind);

        (await answer.HandleAsync(new(number, handOff, true), teams.Paul, Ct)).Require();

        Assert.Equal("Paul", Assert.Single((await teams.ReadAsync(number)).Teams).Lead?.Name);
    }

    [Fact]
    public async Task HandOff_ThatNobodyAnswers_RemindsOnceAndThenTellsTheCommander()
    {
        await using var teams = await TeamWorld.CreateAsync();
        var number = await teams.World.DeclareAsync();
        await teams.AskAsync(number);
        await teams.LeadAsync(number, teams.Priya);
        await teams.OfferAsync(number, teams.Priya);
        var asked = $"INC-{number}: the part of Payments is offered to Core. Accept or decline it.";

        for (var i = 0; i < 30; i++)
        {
            teams.World.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
            await teams.World.Portal.Pass<RemindHandOffs>().RunAsync(teams.World.Now, Ct);
        }

        Assert.Equal(2, (await teams.NoticesAsync(teams.Core)).Count(n => n == asked));
        Assert.Contains(await teams.NoticesAsync(teams.Priya), n => n.StartsWith($"INC-{number}: nobody of Core has answered", StringComparison.Ordinal));
        Assert.Contains($"INC-{number}: nobody of Core has answered for 20 min. The part of Payments is still with Payments.", await teams.NoticesAsync(teams.World.Commander));
        Assert.Single(await teams.World.TimelineAsync(number), e => e.Body.Contains("nobody has answered", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Merge_OfAnIncidentWithTeams_BringsThemAlong()
    {
        await using var teams = await TeamWorld.CreateAsync();
        var (one, two, other) = (await teams.World.DeclareAsync(), await teams.World.DeclareAsync(title: "Cards fail"), await teams.World.DeclareAsync(title: "Search is slow"));
        await teams.AskAsync(one);
        await teams.LeadAsync(one, teams.Priya);
        await teams.OfferAsync(one, teams.Priya);
        var link = teams.World.Get<LinkIncidents.Handler>();
        (await link.HandleAsync(new(one, two, IncidentRelation.Related), teams.Priya, Ct)).Require();
        (await link.HandleAsync(new(one, other, IncidentRelation.Child), teams.Priya, Ct)).Require();

        (await teams.World.Get<MergeIncidents.Handler>().HandleAsync(new(one, two), teams.World.Commander, Ct)).Require();

        var read = await teams.ReadAsync(two);
        Assert.Equal(("Priya", 1), (Assert.Single(read.Teams).Lead?.Name, read.HandOffs.Count));
        Assert.Equal((IncidentRelation.Child, other), Assert.Single(read.Linked.Select(l => (l.As, l.Incident.Number))));
        Assert.Empty((await teams.ReadAsync(one)).Teams);
    }
}
