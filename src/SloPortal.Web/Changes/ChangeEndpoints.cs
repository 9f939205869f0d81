using SloPortal.Application.Changes;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Changes;

internal static class ChangeEndpoints
{
    public static void MapChanges(this RouteGroupBuilder api)
    {
        var deployments = api.MapGroup("/deployments").WithTags("Changes");

        deployments.MapGet("/", async (string? service, DateTimeOffset? from, DateTimeOffset? to, ListDeployments.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListDeployments(service, from, to), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListDeployments").WithSummary("Deployments, newest first");

        deployments.MapPost("/", async (RecordDeployment request, HttpRequest http, RecordDeployment.Handler record, CurrentActor current, CancellationToken ct) =>
                (await record.HandleAsync(
                    request with { IdempotencyKey = request.IdempotencyKey ?? http.Headers["Idempotency-Key"].FirstOrDefault() },
                    await current.GetAsync(ct), ct)).ToCreated(row => $"/api/v1/deployments?service={row.Service}"))
            .WithName("RecordDeployment").WithSummary("Records a deployment, so that it stands on the axis of the service's objectives")
            .WithDescription("Send an idempotency key in the body or as the header Idempotency-Key; the same key for the same service is the same deployment. Needs the scope ingest, and a token of a member of the owning team or of an administrator.");
    }
}
