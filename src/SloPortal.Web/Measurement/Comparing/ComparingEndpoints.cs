using SloPortal.Application.Measurement.Comparing;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Measurement.Comparing;

internal static class ComparingEndpoints
{
    public static void MapComparing(this RouteGroupBuilder api)
    {
        api.MapGet("/slis/{id:int}/measurements", async (int id, ListMeasurements.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListMeasurements(id), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListMeasurements").WithSummary("By what else an SLI is measured");

        api.MapPost("/slis/{id:int}/measurements", async (int id, MeasurementBody body, AddMeasurement.Handler add, CurrentActor current, CancellationToken ct) =>
                (await add.HandleAsync(new AddMeasurement(id, body.OtherSliId, body.TolerancePoints, body.AfterHours, body.GapHours, body.Reason), await current.GetAsync(ct), ct)).ToCreated(_ => $"/api/v1/slis/{id}/measurements"))
            .WithName("AddMeasurement").WithSummary("Says that another SLI measures the same; they are held against each other every hour");

        api.MapPost("/measurements/{id:guid}/removal", async (Guid id, ReasonBody body, RemoveMeasurement.Handler remove, CurrentActor current, CancellationToken ct) =>
                (await remove.HandleAsync(new RemoveMeasurement(id, body.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("RemoveMeasurement").WithSummary("Ends that another SLI measures the same; what was found stays");

        api.MapGet("/slis/{id:int}/compare/{other:int}", async (int id, int other, int? days, decimal? badBelow, CompareSlis.Handler compare, CurrentActor current, CancellationToken ct) =>
                (await compare.HandleAsync(new CompareSlis(id, other, days ?? 7, badBelow), await current.GetAsync(ct), ct)).ToOk())
            .WithName("CompareSlis").WithSummary("Two measurements by hour over 7, 30 or 90 days: difference, bias, gaps, lag, agreement, and which to trust");

        api.MapGet("/slis/{id:int}/findings", async (int id, bool? open, ListFindings.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListFindings(id, open ?? false), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListFindings").WithSummary("What the measurements of an SLI did not agree about, with the hours that show it");

        api.MapPost("/findings/{id:guid}/closure", async (Guid id, ReasonBody body, CloseFinding.Handler close, CurrentActor current, CancellationToken ct) =>
                (await close.HandleAsync(new CloseFinding(id, body.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("CloseFinding").WithSummary("Closes a finding with a reason");
    }

    internal sealed record MeasurementBody(int OtherSliId, decimal TolerancePoints, int AfterHours, int GapHours, string Reason);

    internal sealed record ReasonBody(string Reason);
}
