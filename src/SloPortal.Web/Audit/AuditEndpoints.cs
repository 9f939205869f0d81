using SloPortal.Application.Audit;
using SloPortal.Domain.Audit;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Audit;

internal static class AuditEndpoints
{
    public static void MapAudit(this RouteGroupBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("Audit");

        audit.MapGet("/", async ([AsParameters] AuditQuery query, long? before, long? after, int? size, ReadAudit.Handler read, CurrentActor current, CancellationToken ct) =>
                (await read.HandleAsync(new ReadAudit(query.ToFilter(), before, after, size ?? 100), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ReadAudit").WithSummary("The audit, the newest entry first, paged by number");

        audit.MapGet("/export.csv", async ([AsParameters] AuditQuery query, ExportAudit.Handler export, CurrentActor current, CancellationToken ct) =>
                Download(await export.HandleAsync(new ExportAudit(query.ToFilter(), "csv"), await current.GetAsync(ct), ct), "text/csv; charset=utf-8", "audit.csv", AuditFormats.WriteCsvAsync))
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .WithName("ExportAuditCsv").WithSummary("All matching entries as CSV, the oldest first; the export is recorded");

        audit.MapGet("/export.jsonl", async ([AsParameters] AuditQuery query, ExportAudit.Handler export, CurrentActor current, CancellationToken ct) =>
                Download(await export.HandleAsync(new ExportAudit(query.ToFilter(), "jsonl"), await current.GetAsync(ct), ct), "application/jsonl", "audit.jsonl", AuditFormats.WriteJsonLinesAsync))
            .Produces(StatusCodes.Status200OK, contentType: "application/jsonl")
            .WithName("ExportAuditJsonLines").WithSummary("All matching entries as JSON lines, the oldest first; the export is recorded");

        audit.MapPost("/verify", async (VerifyAudit.Handler verify, CurrentActor current, CancellationToken ct) =>
                (await verify.HandleAsync(new VerifyAudit(), await current.GetAsync(ct), ct)).ToOk())
            .WithName("VerifyAudit").WithSummary("Recomputes the whole chain and tells the first broken entry");
    }

    private static IResult Download(
        Domain.Common.Outcome<AuditExport> outcome, string type, string name, Func<IAsyncEnumerable<AuditRow>, Stream, CancellationToken, Task> write) =>
        outcome.Succeeded
            ? new RowsDownload<AuditRow>(outcome.Value.Rows, type, name, write)
            : OutcomeResults.Problem(outcome.Refusal);
}
