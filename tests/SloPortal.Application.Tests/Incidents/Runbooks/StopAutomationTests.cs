using SloPortal.Application.Incidents.Runbooks;
using SloPortal.Application.Incidents.Triage;
using SloPortal.Application.Tests.Incidents.Triage;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Runbooks;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Probes;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents.Runbooks;

public sealed class StopAutomationTests
{
    [Fact]
    public async Task Collect_WhileManyServicesBurn_StopsTheStepsAndSaysWhy()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        await runbook.BurnManyAsync();

        var number = await runbook.DeclareAsync();
        await runbook.RunAsync();

        Assert.Empty(runbook.Receiver.Taken);
        var read = await runbook.ReadAsync(number);
        Assert.Equal(("3 services are unwell at once: Checkout, Checkout, Checkout.", true), (read.StoppedBecause, read.MayResume));
        Assert.Equal(["The portal runs no step of a runbook here any more: " + read.StoppedBecause], await runbook.SaidAsync(number));
        Assert.StartsWith("The steps are stopped: 3 services", (await runbook.World.Get<AskStep.Handler>().HandleAsync(new(number, (await runbook.StepAsync("Restart pods"))!.Value, "Now"), runbook.World.Responder, Ct)).Refusal?.Message, StringComparison.Ordinal);
        Assert.False((await runbook.RowAsync(number, "Restart pods")).MayAsk);
    }

    [Fact]
    public async Task Collect_WhileTheBudgetBurnsAndAllProbesPass_StopsTheSteps()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        await ProbeAsync(runbook, ProbeOutcome.Good);
        await runbook.World.AddAlertAsync(Noon.AddMinutes(-5));

        var number = await runbook.DeclareAsync();
        await runbook.RunAsync();

        Assert.Empty(runbook.Receiver.Taken);
        Assert.Equal("Checkout burns its budget at the rate that pages, but all its probes pass (2 locations).", (await runbook.ReadAsync(number)).StoppedBecause);
    }

    [Fact]
    public async Task Collect_WhileTheBudgetBurnsAndProbesFailToo_RunsTheSteps()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        await ProbeAsync(runbook, ProbeOutcome.Failed);
        await runbook.World.AddAlertAsync(Noon.AddMinutes(-5));

        await runbook.DeclareAsync();
        await runbook.RunAsync();

        Assert.Single(runbook.Receiver.Taken);
    }

    [Fact]
    public async Task Collect_AnIncidentWithoutARunbook_SaysNothingOfSteps()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        (await runbook.World.Get<SetRunbook.Handler>().HandleAsync(new(runbook.World.Service, "None any more", [], 1), runbook.Olga, Ct)).Require();
        await runbook.BurnManyAsync();

        var number = await runbook.DeclareAsync();

        Assert.Empty(await runbook.SaidAsync(number));
        Assert.Empty((await runbook.ReadAsync(number)).Runbooks);
        Assert.Null((await runbook.ReadAsync(number)).StoppedBecause);
    }

    [Fact]
    public async Task Run_WhenManyServicesBurnAfterTheApproval_DoesNotBegin()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        var number = await runbook.DeclareAsync();
        await runbook.RunAsync();
        await runbook.AskAsync(number);
        await runbook.ApproveAsync(number);
        await runbook.BurnManyAsync();

        await runbook.RunAsync();

        Assert.Single(runbook.Receiver.Taken);
        var run = await runbook.RunOfAsync("Restart pods");
        Assert.Equal(StepRunState.Stopped, run.State);
        Assert.StartsWith("The steps were stopped before it began: 3 services", run.Why, StringComparison.Ordinal);
        Assert.EndsWith("Not begun: Restart pods.", (await runbook.SaidAsync(number))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_ByWhoRunsTheIncident_LetsQueuedStepsRunUntilTheNextRound()
    {
        await using var runbook = await RunbookWorld.CreateAsync();
        await runbook.BurnManyAsync();
        var number = await runbook.DeclareAsync();
        var resume = runbook.World.Get<ResumeAutomation.Handler>();

        Assert.Equal(RefusalKind.Denied, (await resume.HandleAsync(new(number, "Go"), runbook.World.Responder, Ct)).Refusal?.Kind);
        (await resume.HandleAsync(new(number, "It is the balancer, for which this runbook is"), runbook.World.Commander, Ct)).Require();
        Assert.Equal(RefusalKind.Conflict, (await resume.HandleAsync(new(number, "Again"), runbook.World.Commander, Ct)).Refusal?.Kind);
        await runbook.RunAsync();

        Assert.Single(runbook.Receiver.Taken);
        Assert.Equal("Ines let the steps go on: It is the balancer, for which this runbook is", (await runbook.ReadAsync(number)).Resumed);
        Assert.Contains("Lets the steps of the runbook go on: It is the balancer, for which this runbook is", await runbook.SaidAsync(number));
        Assert.Equal(["Ines"], await runbook.World.AuditOfAsync("runbook.resumed"));

        (await runbook.World.Get<AskTriage.Handler>().HandleAsync(new(number), runbook.World.Commander, Ct)).Require();
        await runbook.World.CollectAsync();
        await runbook.RunAsync();
        Assert.Single(runbook.Receiver.Taken);
        Assert.NotNull((await runbook.ReadAsync(number)).StoppedBecause);
    }

    private static async Task ProbeAsync(RunbookWorld runbook, ProbeOutcome outcome)
    {
        await using var db = await runbook.World.Portal.ContextAsync();
        var source = Source.OfProbe("Front page", "GET https://shop.example.com", TimeSpan.FromMinutes(1), Noon.AddDays(-1));
        db.Add(source);
        await db.SaveChangesAsync(Ct);
        db.Add(new Probe(source.Id, runbook.World.Objective.SliId, new ProbeCheck { Kind = ProbeKind.Http, Url = "https://shop.example.com" }, TimeSpan.FromSeconds(10), ["portal", "eu"], Noon));
        foreach (var location in (string[])["portal", "eu"])
        {
            db.Add(Run(source.Id, location, -9, ProbeOutcome.NotMeasured));
            db.Add(Run(source.Id, location, -1, outcome));
        }
        await db.SaveChangesAsync(Ct);

        static ProbeResult Run(int source, string location, int minutes, ProbeOutcome seen) =>
            new(source, location, Noon.AddMinutes(minutes), Noon.AddMinutes(minutes), Noon.AddMinutes(minutes), new ProbeRun(seen, "told so", new ProbeParts()));
    }
}
