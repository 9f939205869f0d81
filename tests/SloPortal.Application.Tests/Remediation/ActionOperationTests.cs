using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Remediation;
using SloPortal.Application.Reviews.Writing;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Remediation;

namespace SloPortal.Application.Tests.Remediation;

public sealed class ActionOperationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateAction_FromPostmortem_FollowsItsIncidentAndIsListedThere()
    {
        await using var world = await ActionWorld.CreateAsync();
        var incident = await world.Incidents.DeclareAsync();
        var postmortem = (await world.Get<DraftPostmortem.Handler>().HandleAsync(new DraftPostmortem(incident), world.Member, Ct)).Require();

        var number = await world.CreateAsync(postmortem: postmortem);

        var action = await world.ReadAsync(number);
        Assert.Equal((incident, postmortem, world.Incidents.Service), (action.Incident!.Number, action.Postmortem!.Number, action.Service!.Slug));
        var read = (await world.Get<GetPostmortem.Handler>().HandleAsync(new GetPostmortem(postmortem), world.Member, Ct)).Require();
        Assert.Equal((number, "open", false), Assert.Single(read.Actions!) is var listed ? (listed.Number, listed.State, listed.IsOverdue) : default);
        Assert.Equal(["Mia"], await world.Incidents.AuditOfAsync("action.created"));
    }

    [Fact]
    public async Task ListActions_OfAnIncident_HasThoseOfItsPostmortemAndOfWhatWasMergedIntoIt()
    {
        await using var world = await ActionWorld.CreateAsync();
        var (incident, merged, other) = (await world.Incidents.DeclareAsync(), await world.Incidents.DeclareAsync(), await world.Incidents.DeclareAsync());
        var postmortem = (await world.Get<DraftPostmortem.Handler>().HandleAsync(new DraftPostmortem(incident), world.Member, Ct)).Require();
        var (later, late) = (await world.CreateAsync(incident: merged, dueIn: 30), await world.CreateAsync(postmortem: postmortem, dueIn: 0));
        await world.CreateAsync(incident: other);
        (await world.Get<MergeIncidents.Handler>().HandleAsync(new MergeIncidents(merged, incident), world.Incidents.Commander, Ct)).Require();
        world.Incidents.Portal.Clock.Advance(TimeSpan.FromDays(1));

        var list = await world.ListAsync(new ListActions(Incident: incident));

        Assert.Equal([(late, true), (later, false)], list.Actions.Items.Select(a => (a.Number, a.IsOverdue)));
        Assert.Equal(1, list.Overdue);
    }

    [Fact]
    public async Task CreateAction_Anybody_TellsTheTeamAndNotTheOneWhoActs()
    {
        await using var world = await ActionWorld.CreateAsync();

        var number = await world.CreateAsync(world.Member, assignee: world.Colleague.PersonId);

        Assert.Equal([world.Colleague.PersonId], await world.ToldAsync(number));
    }

    [Fact]
    public async Task CreateAction_BadInput_SaysWhichField()
    {
        await using var world = await ActionWorld.CreateAsync();

        Assert.Contains("DueOn", (await world.TryCreateAsync(dueIn: -1)).Refusal!.Fields!.Keys);
        Assert.Contains("Assignee", (await world.TryCreateAsync(assignee: world.Incidents.Responder.PersonId)).Refusal!.Fields!.Keys);
        Assert.Contains("Title", (await world.TryCreateAsync(title: " ")).Refusal!.Fields!.Keys);
        Assert.Equal(RefusalKind.NotFound, (await world.TryCreateAsync(incident: 999)).Refusal!.Kind);
        Assert.Equal(RefusalKind.Denied, (await world.TryCreateAsync(world.Incidents.Auditor)).Refusal!.Kind);
        Assert.Equal(0, (await world.ListAsync()).Actions.Total);
    }

    [Theory]
    [InlineData("member", true)]
    [InlineData("commander", true)]
    [InlineData("administrator", true)]
    [InlineData("responder", false)]
    [InlineData("auditor", false)]
    public async Task BeginAction_EachRole_OnlyTeamCommandersAndAdministratorsMay(string who, bool may)
    {
        await using var world = await ActionWorld.CreateAsync();
        var number = await world.CreateAsync();
        var actor = who switch
        {
            "member" => world.Member,
            "commander" => world.Incidents.Commander,
            "administrator" => world.Incidents.Administrator,
            "responder" => world.Incidents.Responder,
            _ => world.Incidents.Auditor,
        };

        var begun = await world.Get<BeginAction.Handler>().HandleAsync(new BeginAction(number), actor, Ct);

        Assert.Equal(may ? null : RefusalKind.Denied, begun.Refusal?.Kind);
        Assert.Equal(may ? ActionState.InProgress : ActionState.Open, (await world.ReadAsync(number)).State);
        Assert.Equal(may, (await world.ReadAsync(number, actor)).MayChange);
    }

    [Theory]
    [InlineData("", "Seen")]
    [InlineData("ftp://example.com/x", "Seen")]
    [InlineData("javascript:alert(1)", "Seen")]
    [InlineData("example.com/x", "Seen")]
    [InlineData("https://example.com/x", " ")]
    public async Task CompleteAction_WithoutProof_IsRefusedAndStaysOpen(string proof, string outcome)
    {
        await using var world = await ActionWorld.CreateAsync();
        var number = await world.CreateAsync();

        Assert.Equal(RefusalKind.Invalid, (await world.CompleteAsync(number, proof: proof, outcome: outcome)).Refusal?.Kind);
        Assert.Equal(ActionState.Open, (await world.ReadAsync(number)).State);
    }

    [Fact]
    public async Task CompleteAction_ThenReopen_ClearsTheProofAndKeepsItInTheAudit()
    {
        await using var world = await ActionWorld.CreateAsync();
        var number = await world.CreateAsync();
        (await world.CompleteAsync(number)).Require();
        var done = await world.ReadAsync(number);
        Assert.Equal((ActionState.Done, "https://example.com/pull/7"), (done.State, done.ProofUrl));
        Assert.Equal(RefusalKind.Conflict, (await world.Get<DropAction.Handler>().HandleAsync(new DropAction(number, "No."), world.Member, Ct)).Refusal?.Kind);

        (await world.Get<ReopenAction.Handler>().HandleAsync(new ReopenAction(number, "It came back."), world.Member, Ct)).Require();

        var open = await world.ReadAsync(number);
        Assert.Equal(ActionState.Open, open.State);
        Assert.Null(open.ProofUrl);
        Assert.Null(open.EndedAt);
        Assert.Equal(["Mia"], await world.Incidents.AuditOfAsync("action.reopened"));
    }

    [Fact]
    public async Task PlanAction_OnWhatSomebodyElseChanged_IsAConflict()
    {
        await using var world = await ActionWorld.CreateAsync();
        var number = await world.CreateAsync();
        var read = await world.ReadAsync(number);
        (await world.Get<BeginAction.Handler>().HandleAsync(new BeginAction(number), world.Colleague, Ct)).Require();

        var stale = await world.Get<PlanAction.Handler>().HandleAsync(new PlanAction(number, "Other", world.Team, read.DueOn, "", null, read.Version), world.Member, Ct);
        var fresh = await world.Get<PlanAction.Handler>().HandleAsync(
            new PlanAction(number, "Other", world.Team, read.DueOn.AddDays(1), "", world.Colleague.PersonId, (await world.ReadAsync(number)).Version), world.Member, Ct);

        Assert.Equal(RefusalKind.Conflict, stale.Refusal?.Kind);
        Assert.Null(fresh.Refusal);
        var action = await world.ReadAsync(number);
        Assert.Equal(("Other", "Carl", read.DueOn.AddDays(1)), (action.Title, action.Assignee, action.DueOn));
    }

    [Fact]
    public async Task ListActions_OverdueOnes_ComeFirstAndAreJudgedByTheDayInUtc()
    {
        await using var world = await ActionWorld.CreateAsync();
        var later = await world.CreateAsync(dueIn: 9, title: "Later");
        var soon = await world.CreateAsync(dueIn: 1, title: "Soon");
        var done = await world.CreateAsync(dueIn: 0, title: "Done");
        (await world.CompleteAsync(done)).Require();
        // The last minute of the day on which it is due.
        world.Incidents.Portal.Clock.SetUtcNow(new DateTimeOffset(world.Today.AddDays(1), new TimeOnly(23, 59), TimeSpan.Zero));
        Assert.Equal(0, (await world.ListAsync()).Overdue);
        world.Incidents.Portal.Clock.Advance(TimeSpan.FromMinutes(1));

        var all = await world.ListAsync();
        var overdue = await world.ListAsync(new ListActions(Overdue: true));

        Assert.Equal([soon, later, done], all.Actions.Items.Select(a => a.Number));
        Assert.Equal([true, false, false], all.Actions.Items.Select(a => a.IsOverdue));
        Assert.Equal([soon], overdue.Actions.Items.Select(a => a.Number));
        Assert.Equal(1, (await world.Get<CountNeeds.Handler>().HandleAsync(new CountNeeds(), world.Member, Ct)).OverdueActions);
        Assert.Equal(0, (await world.Get<CountNeeds.Handler>().HandleAsync(new CountNeeds(), world.Incidents.Responder, Ct)).OverdueActions);
    }

    [Fact]
    public async Task ListActions_EachFilter_LeavesOnlyWhatMatches()
    {
        await using var world = await ActionWorld.CreateAsync();
        var incident = await world.Incidents.DeclareAsync();
        var plain = await world.CreateAsync(title: "Plain");
        var followed = await world.CreateAsync(incident: incident, title: "100% of retries");
        (await world.Get<BeginAction.Handler>().HandleAsync(new BeginAction(followed), world.Member, Ct)).Require();

        async Task<IEnumerable<int>> Found(ListActions request, Actor? by = null) => (await world.ListAsync(request, by)).Actions.Items.Select(a => a.Number);

        Assert.Equal([plain, followed], await Found(new ListActions(Mine: true)));
        Assert.Empty(await Found(new ListActions(Mine: true), world.Incidents.Responder));
        Assert.Equal([followed], await Found(new ListActions(Incident: incident)));
        Assert.Equal([followed], await Found(new ListActions(State: ActionState.InProgress)));
        Assert.Equal([followed], await Found(new ListActions(Text: "100%")));
        Assert.Equal([plain], await Found(new ListActions(Text: $"ACT-{plain}")));
        Assert.Equal([plain, followed], await Found(new ListActions(Team: world.Team, Service: world.Incidents.Service, Open: true)));
        Assert.Empty(await Found(new ListActions(Open: false)));
        Assert.Equal([followed], await Found(new ListActions(Page: 2, Size: 1)));
    }
}
