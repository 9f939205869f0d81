using SloPortal.Application.Incidents.Runbooks;
using SloPortal.Web.Access;
using SloPortal.Web.Common;
using SloPortal.Web.Incidents.Deciding;

namespace SloPortal.Web.Incidents.Runbooks;

internal static class RunbookEndpoints
{
    public static void MapRunbooks(this RouteGroupBuilder api)
    {
        var runbook = api.MapGroup("/services/{service}/runbook").WithTags("Incidents");
        runbook.MapGet("/", async (string service, GetRunbook.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetRunbook(service), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetRunbook").WithSummary("What is done when a service fails: steps that only read, and steps that change something");
        runbook.MapPut("/", async (string service, RunbookGiven given, SetRunbook.Handler set, CurrentActor current, CancellationToken ct) =>
                DecisionEndpoints.ToVersion(await set.HandleAsync(new SetRunbook(service, given.Title, given.Steps, given.Version), await current.GetAsync(ct), ct)))
            .WithName("SetRunbook").WithSummary("Writes the runbook of a service anew; answers with the new version. A step without a secret keeps the one it has");

        var steps = api.MapGroup("/incidents/{number:int}/runbook").WithTags("Incidents");
        steps.MapGet("/", async (int number, GetIncidentRunbook.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetIncidentRunbook(number), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetIncidentRunbook").WithSummary("The runbooks of an incident's services, what became of their steps here, and why they are stopped");
        steps.MapPost("/runs", async (int number, StepAskGiven ask, AskStep.Handler handler, CurrentActor current, CancellationToken ct) =>
                (await handler.HandleAsync(new AskStep(number, ask.Step, ask.Because, ask.ClientKey), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("AskRunbookStep").WithSummary("Asks that a step which changes something is run; it waits for a second person");
        steps.MapPost("/runs/{run:guid}/approve", async (int number, Guid run, StepApproval to, ApproveStep.Handler approve, CurrentActor current, CancellationToken ct) =>
                (await approve.HandleAsync(new ApproveStep(number, run, to.Because), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("ApproveRunbookStep").WithSummary("Lets a step run that somebody else asked for; it starts within seconds, once");
        steps.MapPost("/runs/{run:guid}/decline", async (int number, Guid run, StepReason to, DeclineStep.Handler decline, CurrentActor current, CancellationToken ct) =>
                (await decline.HandleAsync(new DeclineStep(number, run, to.Because), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("DeclineRunbookStep").WithSummary("A step that was asked for is not run; whoever asked takes it back this way too");
        steps.MapPost("/resume", async (int number, StepReason to, ResumeAutomation.Handler resume, CurrentActor current, CancellationToken ct) =>
                (await resume.HandleAsync(new ResumeAutomation(number, to.Because), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("ResumeRunbookSteps").WithSummary("Lets the steps of an incident go on that contradictory findings or many failing services have stopped");
    }
}

internal sealed record RunbookGiven(string Title, IReadOnlyList<StepGiven> Steps, int Version);

internal sealed record StepAskGiven(Guid Step, string Because, string? ClientKey);

internal sealed record StepApproval(string? Because);

internal sealed record StepReason(string Because);
