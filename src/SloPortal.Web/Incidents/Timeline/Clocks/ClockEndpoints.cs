using SloPortal.Application.Incidents.Timeline.Clocks;
using SloPortal.Domain.Incidents.Timeline.Marks;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Timeline.Clocks;

/// <param name="OffsetSeconds">What the clock says minus the true time: above zero where it is ahead.</param>
internal sealed record OffsetBody(string Clock, decimal OffsetSeconds, decimal UncertaintySeconds, string Reason, Evidence? Evidence = null, string? ClientKey = null);

internal static class ClockEndpoints
{
    public static void MapClocks(this RouteGroupBuilder api)
    {
        var clocks = api.MapGroup("/incidents/{number:int}/timeline/clocks").WithTags("Timeline");

        clocks.MapGet("/", async (int number, DateTimeOffset? knownAt, ListClocks.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListClocks(number, knownAt), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListClocks").WithSummary("The clocks by which a timeline is told, and what they are off by; with knownAt as it had been recorded at that moment");
        clocks.MapPut("/", async (int number, OffsetBody body, GiveClockOffset.Handler give, CurrentActor current, CancellationToken ct) =>
                (await give.HandleAsync(new GiveClockOffset(number, body.Clock, body.OffsetSeconds, body.UncertaintySeconds, body.Reason, body.Evidence, body.ClientKey), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("GiveClockOffset").WithSummary("Says how far a clock is off: what it says minus the true time, and the uncertainty, in seconds to the microsecond; 0 takes it at its word");
    }
}
