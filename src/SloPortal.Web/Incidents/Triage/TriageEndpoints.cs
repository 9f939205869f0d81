using SloPortal.Application.Incidents.Triage;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Triage;

internal static class TriageEndpoints
{
    public static void MapTriage(this RouteGroupBuilder api)
    {
        var triage = api.MapGroup("/incidents/{number:int}/triage").WithTags("Incidents");
        triage.MapGet("/", async (int number, GetTriage.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetTriage(number), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetIncidentTriage").WithSummary("What the portal found last that may help to find the cause: changes, dependencies, segments, probes, similar incidents, runbooks");
        triage.MapPost("/", async (int number, AskTriage.Handler ask, CurrentActor current, CancellationToken ct) =>
                (await ask.HandleAsync(new AskTriage(number), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("CollectIncidentTriage").WithSummary("Lets the portal look it up again; the answers enter the timeline within seconds, beside the earlier ones");
    }
}
