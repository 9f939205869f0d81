using SloPortal.Application.Measurement.Statsd;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Measurement.Statsd;

internal static class StatsdEndpoints
{
    public static void MapStatsd(this RouteGroupBuilder measurement)
    {
        var rules = measurement.MapGroup("/statsd-rules");
        rules.MapGet("/", async (ListStatsdRules.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListStatsdRules(), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListStatsdRules").WithSummary("Which StatsD metrics count for which SLIs, and where the portal listens");

        rules.MapPost("/", async (AddStatsdRule request, AddStatsdRule.Handler add, CurrentActor current, CancellationToken ct) =>
                (await add.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(id => $"/api/v1/statsd-rules/{id}"))
            .WithName("AddStatsdRule").WithSummary("Lets StatsD metrics of a name count for an SLI of pushed counts");

        rules.MapDelete("/{id:guid}", async (Guid id, RemoveStatsdRule.Handler remove, CurrentActor current, CancellationToken ct) =>
                (await remove.HandleAsync(new RemoveStatsdRule(id), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("RemoveStatsdRule").WithSummary("Lets a metric count no more; what was counted stays");
    }
}
