using SloPortal.Application.Measurement.Segments;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Measurement.Segments;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Measurement.Segments;

internal static class SegmentEndpoints
{
    public static void MapSegments(this RouteGroupBuilder api)
    {
        var sli = api.MapGroup("/slis/{id:int}");
        sli.MapGet("/segments", async (int id, string? window, string? objective, ListSegments.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListSegments(id, window, objective), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListSegments").WithSummary("The segments of an SLI over 1h, 6h, 1d, 7d or the window of an objective, those first that took the most of the budget");

        sli.MapGet("/segments/{segment:int}", async (int id, int segment, GetSegment.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetSegment(id, segment), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetSegment").WithSummary("What a segment of an SLI is");

        sli.MapGet("/segments/{segment:int}/counts", async (int id, int segment, DateTimeOffset? from, DateTimeOffset? to, int? stepMinutes, GetSliCounts.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetSliCounts(id, from, to, stepMinutes ?? 60, segment), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetSegmentCounts").WithSummary("Good and total events of a segment in steps of minutes; steps without data are left out");

        sli.MapGet("/split", async (int id, GetSplit.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetSplit(id), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetSplit").WithSummary("How an SLI is split, and the labels of its series with how many values each has");

        sli.MapPut("/split", async (int id, SplitBody body, SplitSli.Handler split, CurrentActor current, CancellationToken ct) =>
                (await split.HandleAsync(new SplitSli(id, body.Labels, body.Cap), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("SplitSli").WithSummary("Counts the events of an SLI apart by one or two labels, from what the portal still holds on; another choice replaces the present one");

        sli.MapDelete("/split", async (int id, EndSplit.Handler end, CurrentActor current, CancellationToken ct) =>
                (await end.HandleAsync(new EndSplit(id), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("EndSplit").WithSummary("Counts the events of an SLI no longer apart; what was counted stays");
    }

    internal sealed record SplitBody(IReadOnlyList<string> Labels, int Cap = SliSplit.UsualCap);
}
