using SloPortal.Application.Incidents.Escalation.Pulse;
using SloPortal.Domain.Incidents.Escalation.Pulse;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Escalation.Pulse;

internal static class PulseEndpoints
{
    public static void MapPager(this RouteGroupBuilder api)
    {
        var pager = api.MapGroup("/pager").WithTags("Escalation");
        pager.MapGet("/", async (GetPagerHealth.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetPagerHealth(), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetPagerHealth").WithSummary("Whether the pager lives, by when its duties were last done and what waits, and where its heartbeat goes");
        pager.MapPut("/heartbeat", async (SetHeartbeat request, SetHeartbeat.Handler set, CurrentActor current, CancellationToken ct) =>
                (await set.HandleAsync(request, await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("SetHeartbeat").WithSummary("Says which address is fetched once a minute while the pager lives; null stops it");
    }

    /// <summary>For whoever watches from outside and would rather ask than be told.</summary>
    public static void MapPagerHealth(this WebApplication app) =>
        app.MapGet("/health/pager", async (PulseReader reader, TimeProvider clock, CancellationToken ct) =>
            {
                var seen = await reader.ReadAsync(clock.GetUtcNow(), ct);
                return TypedResults.Json(
                    new PagerAnswer(seen.IsAlive ? "alive" : "stopped", seen.Findings), statusCode: seen.IsAlive ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
            })
            .AllowAnonymous().Produces<PagerAnswer>().Produces<PagerAnswer>(StatusCodes.Status503ServiceUnavailable)
            .WithTags("Health").WithName("Pager").WithSummary("Whether people would be called at this moment, and what stands in the way");

    /// <param name="Status">"alive" or "stopped".</param>
    internal sealed record PagerAnswer(string Status, IReadOnlyList<PulseFinding> Findings);
}
