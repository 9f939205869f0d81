using Microsoft.AspNetCore.Http.HttpResults;
using SloPortal.Application.Incidents.Detection.Deciding;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Deciding;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Deciding;

internal static class DecisionEndpoints
{
    public static void MapDecisions(this RouteGroupBuilder api)
    {
        var policy = api.MapGroup("/decision-policy").WithTags("Incidents");
        policy.MapGet("/", async (GetDecisionPolicy.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetDecisionPolicy(), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetDecisionPolicy").WithSummary("The rows that say of a breach whether it is an incident, how bad, and whether it needs a war room");
        policy.MapPut("/", async (SetDecisionPolicy request, SetDecisionPolicy.Handler set, CurrentActor current, CancellationToken ct) =>
                ToVersion(await set.HandleAsync(request, await current.GetAsync(ct), ct)))
            .WithName("SetDecisionPolicy").WithSummary("Replaces the policy for what is proposed from now on; answers with the new version");
        policy.MapPost("/try", async (TryDecisionPolicy request, TryDecisionPolicy.Handler attempt, CurrentActor current, CancellationToken ct) =>
                (await attempt.HandleAsync(request, await current.GetAsync(ct), ct)).ToOk())
            .WithName("TryDecisionPolicy").WithSummary("What rows would have recommended for the proposals of the last 90 days, by the facts stored then");

        api.MapGet("/incident-decisions", async ([AsParameters] DecisionsAsked asked, ListDecisions.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(asked.Request(), await current.GetAsync(ct), ct)).ToOk())
            .WithTags("Incidents").WithName("ListIncidentDecisions").WithSummary("Recommendations against decisions, the newest first, with counts by row of the policy")
            .WithDescription("days is 30, 90 or 365; row=0 gives those where no row held.");
    }

    internal static Results<Ok<VersionSet>, ProblemHttpResult> ToVersion(Outcome<int> outcome) =>
        outcome.Succeeded ? TypedResults.Ok(new VersionSet(outcome.Value)) : OutcomeResults.Problem(outcome.Refusal);
}

/// <param name="Version">Of the policy that is in force now.</param>
internal sealed record VersionSet(int Version);

internal sealed record DecisionsAsked
{
    public int? Days { get; init; }
    public int? Policy { get; init; }
    public int? Row { get; init; }
    public EnumWord<DecisionOutcome>? Outcome { get; init; }
    public string? Text { get; init; }
    public int? Page { get; init; }
    public int? Size { get; init; }

    public ListDecisions Request() => new(Days ?? 90, Policy, Row, Outcome?.Value, Text, Page ?? 1, Size ?? 50);
}
