using SloPortal.Application.Measurement.Classifying;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Measurement.Classifying;

internal static class ClassifyingEndpoints
{
    public static void MapClassifying(this RouteGroupBuilder api)
    {
        api.MapGet("/services/{service}/failure-rules", async (string service, GetFailureRules.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetFailureRules(service), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetFailureRules").WithSummary("Which failures of a service touch users: rules in their order");

        api.MapPut("/services/{service}/failure-rules", async (string service, RulesBody body, SaveFailureRules.Handler save, CurrentActor current, CancellationToken ct) =>
                (await save.HandleAsync(new SaveFailureRules(service, body.Draft, body.Version), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("SaveFailureRules").WithSummary("Says which failures of a service touch users; 409 when the version has moved on");

        api.MapPost("/failure-rules/try", async (TryFailureRules request, TryFailureRules.Handler attempt, CurrentActor current, CancellationToken ct) =>
                (await attempt.HandleAsync(request, await current.GetAsync(ct), ct)).ToOk())
            .WithName("TryFailureRules").WithSummary("What rules would match of the samples of the last hours; nothing is stored");
    }

    internal sealed record RulesBody(RulesDraft Draft, uint Version = 0);
}
