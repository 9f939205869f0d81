using SloPortal.Application.Incidents.Timeline;
using SloPortal.Application.Incidents.Timeline.Exchange;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Timeline.Exchange;

/// <param name="Text">Of the file.</param>
/// <param name="Source">What made it.</param>
internal sealed record EntriesBody(string Text, string Source, string? Zone = null);

internal sealed record EntriesImportBody(string Source, IReadOnlyList<ConfirmedEntry> Entries, bool ConfirmUnusualTime = false);

internal static class ExchangeEndpoints
{
    public static void MapTimelineExchange(this RouteGroupBuilder api)
    {
        var timeline = api.MapGroup("/incidents/{number:int}/timeline").WithTags("Timeline");

        timeline.MapPost("/entries/read", async (int number, EntriesBody body, ReadEntries.Handler read, CurrentActor current, CancellationToken ct) =>
                (await read.HandleAsync(new ReadEntries(number, body.Text, body.Source, body.Zone), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ReadEntries").WithSummary("Reads a CSV or JSON into entries to confirm; stores nothing");
        timeline.MapPost("/entries", async (int number, EntriesImportBody body, ImportEntries.Handler import, CurrentActor current, CancellationToken ct) =>
                (await import.HandleAsync(new ImportEntries(number, body.Source, body.Entries, body.ConfirmUnusualTime), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ImportEntries").WithSummary("Writes confirmed entries of a file into the timeline, and says how many were new");

        timeline.MapGet("/export.csv", async (int number, DateTimeOffset? knownAt, ExportTimeline.Handler export, CurrentActor current, CancellationToken ct) =>
                Download(await export.HandleAsync(new ExportTimeline(number, "csv", knownAt), await current.GetAsync(ct), ct), "text/csv; charset=utf-8", "csv", _ => TimelineFormats.WriteCsvAsync))
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .WithName("ExportTimelineCsv").WithSummary("The whole timeline as CSV, the earliest first; the export is recorded");

        timeline.MapGet("/export.json", async (int number, DateTimeOffset? knownAt, ExportTimeline.Handler export, CurrentActor current, CancellationToken ct) =>
                Download(await export.HandleAsync(new ExportTimeline(number, "json", knownAt), await current.GetAsync(ct), ct), "application/json", "json",
                    found => (entries, stream, stop) => TimelineFormats.WriteJsonAsync(found, entries, stream, stop)))
            .Produces(StatusCodes.Status200OK, contentType: "application/json")
            .WithName("ExportTimelineJson").WithSummary("The whole timeline as JSON, the earliest first, with hashes; the export is recorded");
    }

    private static IResult Download(
        Outcome<TimelineExport> outcome, string type, string ending, Func<TimelineExport, Func<IAsyncEnumerable<EntryRow>, Stream, CancellationToken, Task>> format) =>
        outcome.Succeeded
            ? new RowsDownload<EntryRow>(outcome.Value.Entries, type, $"{outcome.Value.Code}-timeline.{ending}", format(outcome.Value))
            : OutcomeResults.Problem(outcome.Refusal);
}
