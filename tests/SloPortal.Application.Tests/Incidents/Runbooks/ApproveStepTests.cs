using System.Text.Json;
using SloPortal.Application.Audit;
using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.Runbooks;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Runbooks;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents.Runbooks;

public sealed class ApproveStepTests
{
    [Fact]
    public async Task Approve_AStepThatChangesSomething_RunsOnceOnTwoPortalsAndSaysWhoLetIt()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        await using var second = runbook.World.Portal.Second(RunbookWorld.Allow);
        var number = await runbook.DeclareAsync();
        await runbook.RunAsync();
        await runbook.AskAsync(number, key: "one");
        await runbook.AskAsync(number, key: "one");
        await runbook.RunAsync();
        Assert.Single(runbook.Receiver.Taken);
        Assert.Contains(await runbook.NoticesAsync(runbook.World.Commander), n => n == "Rosa asks you to approve \"Restart pods\" of Checkout in INC-1: They hang");

        runbook.Receiver.Text = "restarted";
        await runbook.ApproveAsync(number);
        await Task.WhenAll(runbook.RunAsync(), runbook.RunAsync(second));
        await Task.WhenAll(runbook.RunAsync(), runbook.RunAsync(second));

        Assert.Equal(2, runbook.Receiver.Taken.Count);
        using var document = JsonDocument.Parse(runbook.Receiver.Taken[1].Body);
        Assert.Equal(("Rosa", "Ines"), (document.RootElement.GetProperty("askedBy").GetString(), document.RootElement.GetProperty("approvedBy").GetString()));
        Assert.Equal(
            [
                "\"Count pods\" of Checkout succeeded with 200",
                "Asks to run \"Restart pods\" of Checkout: They hang",
                "Approves \"Restart pods\" of Checkout, asked by Rosa",
                "\"Restart pods\" of Checkout runs now, asked by Rosa, approved by Ines",
                "\"Restart pods\" of Checkout succeeded with 200, asked by Rosa, approved by Ines",
            ],
            await runbook.SaidAsync(number));
        Assert.Equal(["Rosa"], await runbook.World.AuditOfAsync("runbook.step_asked"));
        Assert.Equal(["Ines"], await runbook.World.AuditOfAsync("runbook.step_approved"));
        Assert.Contains(await runbook.NoticesAsync(runbook.World.Responder), n => n.Contains("succeeded with 200", StringComparison.Ordinal));
        Assert.Equal((StepRunState.Succeeded, "restarted", true), ((await runbook.RowAsync(number, "Restart pods")).Last!.State, (await runbook.RowAsync(number, "Restart pods")).Last!.Answer, (await runbook.RowAsync(number, "Restart pods")).MayAsk));
    }

    [Fact]
    public async Task Approve_ByWhoAskedOrByWhoMayNot_IsDeniedAndByAnOwnerOfTheServiceIsNot()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        var number = await runbook.DeclareAsync();
        await runbook.AskAsync(number, by: runbook.World.Commander);
        var run = await runbook.RunOfAsync("Restart pods");
        var approve = runbook.World.Get<ApproveStep.Handler>();

        Assert.StartsWith("You asked for this step", (await approve.HandleAsync(new(number, run.Id), runbook.World.Commander, Ct)).Refusal?.Message, StringComparison.Ordinal);
        Assert.Equal(RefusalKind.Denied, (await approve.HandleAsync(new(number, run.Id), runbook.World.Responder, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Denied, (await approve.HandleAsync(new(number, run.Id), runbook.Olga with { TeamIds = [] }, Ct)).Refusal?.Kind);
        Assert.False((await runbook.RowAsync(number, "Restart pods", runbook.World.Commander)).Last!.MayDecide);
        Assert.True((await runbook.RowAsync(number, "Restart pods", runbook.Olga)).Last!.MayDecide);
        await runbook.RunAsync();
        Assert.Single(runbook.Receiver.Taken);

        (await approve.HandleAsync(new(number, run.Id, "Seen it before"), runbook.Olga, Ct)).Require();
        Assert.Equal("Approves \"Restart pods\" of Checkout, asked by Ines: Seen it before", (await runbook.SaidAsync(number))[^1]);
        Assert.Equal(RefusalKind.Conflict, (await approve.HandleAsync(new(number, run.Id), runbook.Olga, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task Approve_AStepThatWasChangedSince_IsRefused()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        var number = await runbook.DeclareAsync();
        await runbook.AskAsync(number);
        await runbook.WriteAsync(1, restart: "Erase pods");

        var refused = await runbook.World.Get<ApproveStep.Handler>().HandleAsync(new(number, (await runbook.RunOfAsync("Restart pods")).Id), runbook.World.Commander, Ct);

        Assert.StartsWith("The runbook was changed since", refused.Refusal?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approve_AfterTheServiceLeftTheIncident_IsRefusedAndWhatWasApprovedIsStopped()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        var other = await runbook.World.Portal.AddObjectiveAsync();
        var number = await runbook.DeclareAsync();
        await runbook.AskAsync(number);
        (await runbook.World.Get<ChangeAffected.Handler>().HandleAsync(new(number, [other.Service.Slug], []), runbook.World.Commander, Ct)).Require();

        Assert.Equal(RefusalKind.Conflict, (await runbook.World.Get<ApproveStep.Handler>().HandleAsync(new(number, (await runbook.RunOfAsync("Restart pods")).Id), runbook.World.Commander, Ct)).Refusal?.Kind);
        await runbook.RunAsync();

        Assert.Empty(runbook.Receiver.Taken);
        Assert.Equal(StepRunState.Stopped, (await runbook.RunOfAsync("Count pods")).State);
    }

    [Fact]
    public async Task Decline_ByACommanderOrByWhoAsked_EndsItAndItCanBeAskedForAgain()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        var number = await runbook.DeclareAsync();
        var decline = runbook.World.Get<DeclineStep.Handler>();
        await runbook.AskAsync(number);
        Assert.Equal("\"Restart pods\" was asked for already and is not over.", (await runbook.World.Get<AskStep.Handler>().HandleAsync(new(number, (await runbook.StepAsync("Restart pods"))!.Value, "Again"), runbook.World.Commander, Ct)).Refusal?.Message);
        var because = "It is the database. " + new string('x', 1900);

        (await decline.HandleAsync(new(number, (await runbook.RunOfAsync("Restart pods")).Id, because), runbook.World.Commander, Ct)).Require();
        Assert.Contains(await runbook.NoticesAsync(runbook.World.Responder), n => n.StartsWith("Ines declined \"Restart pods\" of Checkout in INC-1: It is the database.", StringComparison.Ordinal) && n.Length == 500);
        await runbook.AskAsync(number);
        (await decline.HandleAsync(new(number, (await runbook.RunOfAsync("Restart pods")).Id, "Not needed"), runbook.World.Responder, Ct)).Require();

        Assert.Equal("Takes back to run \"Restart pods\" of Checkout: Not needed", (await runbook.SaidAsync(number))[^1]);
        Assert.All((await runbook.RunsAsync()).Where(r => r.Kind == StepKind.Changes), r => Assert.Equal(StepRunState.Declined, r.State));
    }

    [Fact]
    public async Task Ask_ForAStepThatReadsOrOfAnotherService_IsRefused()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        var number = await runbook.DeclareAsync();
        var ask = runbook.World.Get<AskStep.Handler>();

        Assert.Equal(RefusalKind.Conflict, (await ask.HandleAsync(new(number, (await runbook.StepAsync("Count pods"))!.Value, "Now"), runbook.World.Responder, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await ask.HandleAsync(new(number, Guid.NewGuid(), "Now"), runbook.World.Responder, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Denied, (await ask.HandleAsync(new(number, (await runbook.StepAsync("Restart pods"))!.Value, "Now"), runbook.World.Auditor, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task Restricted_AnIncidentWithSteps_ShowsThemToItsReadersAlone()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        var (reader, outside) = (runbook.World.Responder, await runbook.World.AddPersonAsync("Otto", Role.IncidentCommander));
        var number = await runbook.DeclareAsync(restricted: true, reader.PersonId);
        await runbook.RunAsync();
        await runbook.AskAsync(number);
        var run = await runbook.RunOfAsync("Restart pods");

        Assert.Equal("3 pods", (await runbook.RowAsync(number, "Count pods", reader)).Last!.Answer);
        Assert.Equal(RefusalKind.NotFound, (await runbook.World.Get<GetIncidentRunbook.Handler>().HandleAsync(new(number), outside, Ct)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await runbook.World.Get<ApproveStep.Handler>().HandleAsync(new(number, run.Id), outside, Ct)).Refusal?.Kind);
        Assert.Empty(await runbook.NoticesAsync(outside));
        Assert.Empty(await runbook.NoticesAsync(runbook.Olga));
        await runbook.ApproveAsync(number);
        await runbook.RunAsync();
        Assert.All(runbook.Receiver.Taken, t => Assert.DoesNotContain("Checkout fails", System.Text.Encoding.UTF8.GetString(t.Body), StringComparison.Ordinal));
        var audit = (await runbook.World.Get<ReadAudit.Handler>().HandleAsync(new(new()), runbook.World.Auditor, Ct)).Require();
        Assert.DoesNotContain(audit.Entries, e => e.Action.StartsWith("runbook.step", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Restrict_AfterAStepWasAskedFor_TakesItsNoticesAway()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        var number = await runbook.DeclareAsync();
        await runbook.AskAsync(number);
        await runbook.ApproveAsync(number);
        await runbook.RunAsync();
        Assert.NotEmpty(await runbook.NoticesAsync(runbook.World.Responder));

        (await runbook.World.Get<RestrictIncident.Handler>().HandleAsync(new(number, []), runbook.World.Commander, Ct)).Require();

        Assert.Empty(await runbook.NoticesAsync(runbook.World.Responder));
    }

    [Fact]
    public async Task Approve_AfterTheIncidentWasKeptFromWhoAsked_TellsThemNothing()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        var number = await runbook.DeclareAsync();
        await runbook.AskAsync(number);
        (await runbook.World.Get<RestrictIncident.Handler>().HandleAsync(new(number, []), runbook.World.Commander, Ct)).Require();

        await runbook.ApproveAsync(number);
        await runbook.RunAsync();

        Assert.Equal(StepRunState.Succeeded, (await runbook.RunOfAsync("Restart pods")).State);
        Assert.Empty(await runbook.NoticesAsync(runbook.World.Responder));
    }
}
