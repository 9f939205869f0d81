using SloPortal.Application.Incidents.Escalation.Quiet;
using SloPortal.Domain.Incidents.Escalation.Quiet;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Escalation.Quiet;

internal static class SilenceEndpoints
{
    public static void MapSilences(this RouteGroupBuilder api)
    {
        var silences = api.MapGroup("/silences").WithTags("Escalation");
        silences.MapGet("/", async (EnumWord<SilenceState>? state, string? team, string? text, int? page, int? size, ListSilences.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListSilences(state?.Value, team, text, page ?? 1, size ?? 50), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListSilences").WithSummary("Silences, those that go on first, with how many signals each has kept from calling");
        silences.MapPost("/", async (PlanSilence request, PlanSilence.Handler plan, CurrentActor current, CancellationToken ct) =>
                (await plan.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(id => $"/api/v1/silences/{id}"))
            .WithName("PlanSilence").WithSummary("Keeps signals of a team from calling anybody, from now or from later until an end");
        silences.MapPost("/try", async (TrySilence request, TrySilence.Handler attempt, CurrentActor current, CancellationToken ct) =>
                (await attempt.HandleAsync(request, await current.GetAsync(ct), ct)).ToOk())
            .WithName("TrySilence").WithSummary("What a silence would cover: of the signals that fire, and of those of the last seven days");
        silences.MapPut("/{id:guid}/end", async (Guid id, EndGiven to, MoveSilence.Handler move, CurrentActor current, CancellationToken ct) =>
                (await move.HandleAsync(new MoveSilence(id, to.EndsAt), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("MoveSilence").WithSummary("Moves the end of a silence that is planned or goes on");
        silences.MapDelete("/{id:guid}", async (Guid id, EndSilence.Handler end, CurrentActor current, CancellationToken ct) =>
                (await end.HandleAsync(new EndSilence(id), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("EndSilence").WithSummary("Ends a silence now; what still fires is decided anew and may call");
    }
}

internal sealed record EndGiven(DateTimeOffset EndsAt);
