using System.Text.Json;
using SloPortal.Application.Budgets.Notifying;
using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Application.Incidents.Triage;
using SloPortal.Application.Tests.Incidents.Triage;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Runbooks;
using SloPortal.Domain.Incidents.Timeline;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents.Runbooks;

public sealed class RunStepsTests
{
    [Fact]
    public async Task Run_AStepThatReadsOnTwoPortals_IsCalledOncePerRound()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        await using var second = runbook.World.Portal.Second(RunbookWorld.Allow);
        var number = await runbook.World.DeclareAsync();

        await Task.WhenAll(runbook.World.CollectAsync(), runbook.World.CollectAsync(second));
        await Task.WhenAll(runbook.RunAsync(), runbook.RunAsync(second));
        await Task.WhenAll(runbook.RunAsync(), runbook.RunAsync(second));

        var (body, headers) = Assert.Single(runbook.Receiver.Taken);
        var run = Assert.Single(await runbook.RunsAsync());
        Assert.Equal((StepRunState.Succeeded, 200, "3 pods"), (run.State, run.Status, run.Answer));
        Assert.Equal(run.Id.ToString(), headers["Idempotency-Key"]);
        Assert.Equal(WebhookMessage.Signature(body, RunbookWorld.Secret), headers["SloPortal-Signature"]);
        using var document = JsonDocument.Parse(body);
        Assert.Equal(("runbook.step", "INC-1", "Count pods", "reads"), (Text("event"), Text("incident"), Text("step"), Text("kind")));
        Assert.DoesNotContain("Checkout fails", document.RootElement.GetRawText(), StringComparison.Ordinal);

        (await runbook.World.Get<AskTriage.Handler>().HandleAsync(new(number), runbook.World.Commander, Ct)).Require();
        await runbook.World.CollectAsync();
        await runbook.RunAsync();
        Assert.Equal(2, runbook.Receiver.Taken.Count);

        string? Text(string name) => document.RootElement.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Run_AStepThatReads_EntersTheTimelineAsObservedWithItsAnswer()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        var number = await runbook.DeclareAsync();

        await runbook.RunAsync();

        var entry = Assert.Single(await runbook.World.TimelineAsync(number), e => e.Kind == EntryKind.Runbook);
        Assert.Equal(("\"Count pods\" of Checkout succeeded with 200", Provenance.Observed, ActorKind.System), (entry.Body, entry.Provenance, entry.AuthorKind));
        Assert.Contains("\"answer\":\"3 pods\"", entry.Details, StringComparison.Ordinal);
        Assert.Equal(("3 pods", false), ((await runbook.RowAsync(number, "Count pods")).Last!.Answer, (await runbook.RowAsync(number, "Count pods")).MayAsk));
        Assert.All((await runbook.World.Get<VerifyTimeline.Handler>().HandleAsync(new(number), runbook.World.Commander, Ct)).Require(), c => Assert.True(c.IsIntact));
    }

    [Fact]
    public async Task Collect_OfAServiceWithARunbook_LeadsToIt()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        var number = await runbook.DeclareAsync();

        var answer = (await runbook.World.TriageAsync(number)).To(Domain.Incidents.Triage.TriageQuestion.Runbooks);

        Assert.Equal(("Runbook of Checkout, 2 steps.", runbook.World.Service), (answer.Said, Assert.Single(answer.Leads).Evidence.Reference));
    }

    [Fact]
    public async Task Run_AnAnswerOfAMegabyteWithWhatADatabaseCannotHold_KeepsItsBeginning()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        runbook.Receiver.Text = "<script>\0" + new string('ä', 500_000);
        await runbook.DeclareAsync();

        await runbook.RunAsync();

        var run = await runbook.RunOfAsync("Count pods");
        Assert.Equal(StepRunState.Succeeded, run.State);
        Assert.StartsWith("<script>ää", run.Answer, StringComparison.Ordinal);
        Assert.InRange(run.Answer!.Length, 2000, StepAnswer.LongestText);
    }

    [Theory]
    [InlineData(500, "It answered 500; 200 to 299 was expected.")]
    [InlineData(302, "It answered 302; 200 to 299 was expected.")]
    public async Task Run_AnAnswerThatIsNoSuccess_FailsAndIsNotCalledAgain(int status, string why)
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        runbook.Receiver.Status = status;
        var number = await runbook.DeclareAsync();

        await runbook.RunAsync();
        await runbook.RunAsync();

        Assert.Single(runbook.Receiver.Taken);
        Assert.Equal((StepRunState.Failed, status, why), ((await runbook.RunOfAsync("Count pods")).State, (await runbook.RunOfAsync("Count pods")).Status, (await runbook.RunOfAsync("Count pods")).Why));
        Assert.Equal(["\"Count pods\" of Checkout failed: " + why], await runbook.SaidAsync(number));
    }

    [Fact]
    public async Task Run_APrivateAddress_IsRefusedByTheGuard()
    {
        await using var runbook = await RunbookWorld.CreateAsync(allowLocal: false);
        await runbook.DeclareAsync();

        await runbook.RunAsync();

        Assert.Empty(runbook.Receiver.Taken);
        var run = await runbook.RunOfAsync("Count pods");
        Assert.Equal(StepRunState.Failed, run.State);
        Assert.Contains("private", run.Why, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Run_AWebhookThatDoesNotAnswerInTime_TimesOutAndKeepsNothingElseWaiting()
    {
        await using var runbook = await RunbookWorld.CreateAsync(timeoutSeconds: 1);
        runbook.Receiver.Hold = Task.Delay(Timeout.Infinite, Ct);
        await runbook.DeclareAsync();

        await UntilAsync(runbook, async () => (await runbook.RunOfAsync("Count pods")).State == StepRunState.TimedOut);

        Assert.Equal("It did not answer within 1 s. It may have run; look before you run it again.", (await runbook.RunOfAsync("Count pods")).Why);
        Assert.Single(runbook.Receiver.Taken);
    }

    [Fact]
    public async Task Run_APortalThatDiesWhileItCalls_LeavesTheOutcomeUnknownAndNobodyCallsAgain()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        await using var second = runbook.World.Portal.Second(RunbookWorld.Allow);
        var release = new TaskCompletionSource();
        runbook.Receiver.Hold = release.Task;
        var number = await runbook.DeclareAsync();
        await runbook.RunAsync();
        Assert.Equal(StepRunState.Running, (await runbook.RunOfAsync("Count pods")).State);

        await runbook.RunAsync(second);
        Assert.Equal(StepRunState.Running, (await runbook.RunOfAsync("Count pods")).State);
        runbook.World.Portal.Clock.Advance(TimeSpan.FromSeconds(10) + StepRun.Grace);
        await runbook.RunAsync(second);

        Assert.Equal(StepRunState.Unknown, (await runbook.RunOfAsync("Count pods")).State);
        Assert.Equal(["\"Count pods\" of Checkout has no known outcome: The portal that ran it did not come back. It may have run; look before you run it again."], await runbook.SaidAsync(number));
        // The one that was thought dead comes back late: what was said stays.
        release.SetResult();
        await runbook.RunAsync();
        await runbook.RunAsync(second);
        Assert.Equal(StepRunState.Unknown, (await runbook.RunOfAsync("Count pods")).State);
        Assert.Single(runbook.Receiver.Taken);
    }

    [Fact]
    public async Task Run_AfterTheIncidentIsOver_StartsNothingAndStopsWhatWaits()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        var number = await runbook.DeclareAsync();
        await runbook.AskAsync(number);
        foreach (var status in (IncidentStatus[])[IncidentStatus.Acknowledged, IncidentStatus.Mitigated, IncidentStatus.Resolved])
            (await runbook.World.Get<ChangeStatus.Handler>().HandleAsync(new(number, status), runbook.World.Commander, Ct)).Require();

        Assert.Equal(RefusalKind.Conflict, (await runbook.World.Get<Application.Incidents.Runbooks.ApproveStep.Handler>().HandleAsync(new(number, (await runbook.RunOfAsync("Restart pods")).Id), runbook.World.Commander, Ct)).Refusal?.Kind);
        await runbook.RunAsync();
        await runbook.RunAsync();

        Assert.Empty(runbook.Receiver.Taken);
        Assert.All(await runbook.RunsAsync(), r => Assert.Equal((StepRunState.Stopped, "The incident was over before it began."), (r.State, r.Why)));
        Assert.Equal(3, (await runbook.SaidAsync(number)).Count);
        Assert.Contains(await runbook.NoticesAsync(runbook.World.Responder), n => n.StartsWith("INC-1: \"Restart pods\" of Checkout stopped, asked by Rosa", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_OfAnIncidentThatWasMerged_IsStoppedAndToldWhereItGoesOn()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        var into = await runbook.World.DeclareAsync(title: "Everything fails");
        var number = await runbook.DeclareAsync();
        await runbook.AskAsync(number);
        (await runbook.World.Get<MergeIncidents.Handler>().HandleAsync(new(number, into), runbook.World.Commander, Ct)).Require();

        await runbook.RunAsync();

        Assert.Equal(StepRunState.Stopped, (await runbook.RunOfAsync("Restart pods")).State);
        Assert.Contains(await runbook.SaidAsync(into), s => s.Contains("The incident was merged before it began.", StringComparison.Ordinal));
    }

    private static async Task UntilAsync(RunbookWorld runbook, Func<Task<bool>> holds)
    {
        for (var i = 0; i < 60 && !await holds(); i++)
        {
            await runbook.RunAsync();
            await Task.Delay(100, Ct);
        }
        Assert.True(await holds());
    }
}
