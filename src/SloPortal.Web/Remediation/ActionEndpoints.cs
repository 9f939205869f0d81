using SloPortal.Application.Remediation;
using SloPortal.Application.Remediation.Targets;
using SloPortal.Domain.Remediation;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Remediation;

internal sealed record PlanBody(string Title, string Team, DateOnly DueOn, string? Description = null, Guid? Assignee = null, uint? Version = null);

internal sealed record ProofBody(string ProofUrl, string Outcome);

/// <param name="Actions">Numbers of open actions.</param>
/// <param name="ContentHash">The contentHash of the proposal as it was read.</param>
internal sealed record AimBody(DateOnly Until, IReadOnlyList<int> Actions, string ContentHash);

internal sealed record ActionReasonBody(string Reason);

/// <summary>The filters of the list, as the address has them.</summary>
internal sealed record ActionsAsked
{
    public bool? Mine { get; init; }
    public string? Team { get; init; }
    public string? Service { get; init; }
    public EnumWord<ActionState>? State { get; init; }
    public bool? Open { get; init; }
    public bool? Overdue { get; init; }
    public string? Text { get; init; }
    public int? Postmortem { get; init; }
    public int? Incident { get; init; }
    public int? Page { get; init; }
    public int? Size { get; init; }

    public ListActions Request() => new(Mine ?? false, Team, Service, State?.Value, Open, Overdue ?? false, Text, Postmortem, Incident, Page ?? 1, Size ?? 50);
}

internal static class ActionEndpoints
{
    public static void MapActions(this RouteGroupBuilder api)
    {
        var actions = api.MapGroup("/actions").WithTags("Actions");

        actions.MapGet("/", async ([AsParameters] ActionsAsked asked, ListActions.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(asked.Request(), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListActions").WithSummary("Actions that the caller may see, what is overdue first");

        actions.MapPost("/", async (CreateAction request, CreateAction.Handler create, CurrentActor current, CancellationToken ct) =>
                (await create.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(n => $"/api/v1/actions/{n}"))
            .WithName("CreateAction").WithSummary("Gives a team something to do, from a postmortem, an incident or alone; answers its number");

        actions.MapGet("/{number:int}", async (int number, GetAction.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetAction(number), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetAction").WithSummary("One action; reading that of a restricted incident is recorded");

        actions.MapPut("/{number:int}", async (int number, PlanBody body, PlanAction.Handler plan, CurrentActor current, CancellationToken ct) =>
                (await plan.HandleAsync(new PlanAction(number, body.Title, body.Team, body.DueOn, body.Description, body.Assignee, body.Version), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("PlanAction").WithSummary("Says anew what is to be done, by whom and until when");

        actions.MapPost("/{number:int}/begin", async (int number, BeginAction.Handler begin, CurrentActor current, CancellationToken ct) =>
                (await begin.HandleAsync(new BeginAction(number), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("BeginAction").WithSummary("Says that somebody is at it");

        actions.MapPost("/{number:int}/complete", async (int number, ProofBody body, CompleteAction.Handler complete, CurrentActor current, CancellationToken ct) =>
                (await complete.HandleAsync(new CompleteAction(number, body.ProofUrl, body.Outcome), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("CompleteAction").WithSummary("Says that it is done, with a link that proves it and what the link shows");

        actions.MapPost("/{number:int}/drop", async (int number, ActionReasonBody body, DropAction.Handler drop, CurrentActor current, CancellationToken ct) =>
                (await drop.HandleAsync(new DropAction(number, body.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("DropAction").WithSummary("Gives it up, with the reason");

        actions.MapPost("/{number:int}/reopen", async (int number, ActionReasonBody body, ReopenAction.Handler reopen, CurrentActor current, CancellationToken ct) =>
                (await reopen.HandleAsync(new ReopenAction(number, body.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ReopenAction").WithSummary("Opens again what was done or dropped, with the reason");

        api.MapGet("/proposals/{id:guid}/demands", async (Guid id, WhatTargetsDemand.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new WhatTargetsDemand(id), await current.GetAsync(ct), ct)).ToOk())
            .WithTags("Objectives").WithName("WhatTargetsDemand").WithSummary("What the proposed target and each further nine would have demanded of the history");

        api.MapGet("/proposals/{id:guid}/aspiration", async (Guid id, GetAspiration.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetAspiration(id), await current.GetAsync(ct), ct)).ToOk())
            .WithTags("Objectives").WithName("GetAspiration").WithSummary("The actions behind a target that is an aim, and those that could be");

        api.MapPost("/proposals/{id:guid}/aspiration", async (Guid id, AimBody body, AspireToTarget.Handler aspire, CurrentActor current, CancellationToken ct) =>
                (await aspire.HandleAsync(new AspireToTarget(id, body.Until, body.Actions, body.ContentHash), await current.GetAsync(ct), ct)).ToNoContent())
            .WithTags("Objectives").WithName("AspireToTarget").WithSummary("Calls a target that the history does not hold an aim, with a date and the actions that make it attainable");
    }
}
