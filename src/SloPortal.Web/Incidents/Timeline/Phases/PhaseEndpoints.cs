using SloPortal.Application.Incidents.Timeline.Phases;
using SloPortal.Domain.Incidents.Timeline.Phases;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Timeline.Phases;

/// <param name="At">Null takes what is derived again.</param>
internal sealed record PhaseGiven(DateTimeOffset? At, string Reason, string? ClientKey, bool ConfirmUnusualTime);

internal static class PhaseEndpoints
{
    public static void MapPhases(this RouteGroupBuilder api)
    {
        var incidents = api.MapGroup("/incidents").WithTags("Timeline");

        incidents.MapGet("/times", async (DateTimeOffset? from, DateTimeOffset? to, ReadIncidentTimes.Handler read, CurrentActor current, CancellationToken ct) =>
                (await read.HandleAsync(new ReadIncidentTimes(from, to), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ReadIncidentTimes").WithSummary("How long it took to detect, acknowledge, mitigate and resolve the incidents that began in a span: percentiles by severity, and each incident")
            .WithDescription("The last 90 days without from and to. Percentiles are nearest ranks; an incident counts where the time is known.");
        incidents.MapGet("/{number:int}/phases", async (int number, GetPhases.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetPhases(number), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetIncidentPhases").WithSummary("When it began, was detected, acknowledged, mitigated and resolved: as derived, with what that rests on, and as adjusted");
        incidents.MapPut("/{number:int}/phases/{phase}", async (int number, EnumWord<Phase> phase, PhaseGiven to, AdjustPhase.Handler adjust, CurrentActor current, CancellationToken ct) =>
                (await adjust.HandleAsync(new AdjustPhase(number, phase.Value, to.At, to.Reason, to.ClientKey, to.ConfirmUnusualTime), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("AdjustIncidentPhase").WithSummary("Says when a phase began, other than what is derived; at null takes what is derived again");
    }
}
