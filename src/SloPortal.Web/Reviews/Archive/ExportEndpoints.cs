using SloPortal.Application.Reviews.Archive;
using SloPortal.Application.Reviews.Archive.Exporting;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Reviews.Archive;

internal static class ExportEndpoints
{
    public static void MapExports(this RouteGroupBuilder api)
    {
        var archive = api.MapGroup("/archive").WithTags("Archive");

        archive.MapGet("/public-key", async (GetArchiveKey.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetArchiveKey(), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetArchiveKey").WithSummary("The public key with which exported archives are verified, and its fingerprint");

        archive.MapPost("/exports", async (ArchiveFilter filter, RequestExport.Handler request, CurrentActor current, CancellationToken ct) =>
                (await request.HandleAsync(new RequestExport(filter), await current.GetAsync(ct), ct)).ToCreated(id => $"/api/v1/archive/exports/{id}"))
            .WithName("RequestExport").WithSummary("Asks for a signed copy of what the filter finds; an empty filter is everything");

        archive.MapGet("/exports", async (ListExports.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListExports(), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListExports").WithSummary("One's own exports, the newest first");

        archive.MapGet("/exports/{id:guid}", async (Guid id, ListExports.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListExports(id), await current.GetAsync(ct), ct)).Then(rows => rows[0]).ToOk())
            .WithName("GetExport").WithSummary("How far an export is");

        archive.MapGet("/exports/{id:guid}/file", async (Guid id, FetchExport.Handler fetch, CurrentActor current, CancellationToken ct) =>
                ToFile(await fetch.HandleAsync(new FetchExport(id), await current.GetAsync(ct), ct)))
            .Produces(StatusCodes.Status200OK, contentType: "application/zip")
            .WithName("FetchExport").WithSummary("The zip file; each download is recorded");
    }

    private static IResult ToFile(Outcome<ExportDownload> found) => found.Succeeded ? new ExportResult(found.Value) : OutcomeResults.Problem(found.Refusal);

    /// <summary>Written piece by piece as the database gives it.</summary>
    private sealed class ExportResult(ExportDownload download) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "application/zip";
            httpContext.Response.ContentLength = download.Size;
            httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{download.Name}\"";
            return download.CopyAsync(httpContext.Response.Body, httpContext.RequestAborted);
        }
    }
}
