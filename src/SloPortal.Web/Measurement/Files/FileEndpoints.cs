using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SloPortal.Application.Measurement.Files;
using SloPortal.Application.Measurement.Files.Watching;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Measurement.Files;

/// <summary>Files of rows over HTTP.</summary>
internal static class FileEndpoints
{
    public static void MapFiles(this RouteGroupBuilder measurement)
    {
        var sources = measurement.MapGroup("/sources");
        sources.MapPost("/files", async (CreateFileFeed request, CreateFileFeed.Handler create, CurrentActor current, CancellationToken ct) =>
                (await create.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(id => $"/api/v1/sources/{id}"))
            .WithName("CreateFileFeed").WithSummary("Keeps a mapping of columns under a name, as a source to which files can be sent; answers with its id");

        sources.MapGet("/{id:int}/files", async (int id, int? page, int? size, ListFileRuns.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListFileRuns(id, page ?? 1, size ?? 20), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListFileRuns").WithSummary("The files of a source and what became of their rows, the newest first");

        sources.MapPost("/{id:int}/files", SendAsync)
            .WithMetadata(new RequestSizeLimitAttribute(RequestLimits.File))
            .WithName("SendFile").WithSummary("Takes a file of up to 50 MB as the body, packed with gzip or not, and counts its rows in the background; rows that are known count no second time")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);

        sources.MapPut("/{id:int}/folder", async (int id, FolderBody body, WatchFolder.Handler watch, CurrentActor current, CancellationToken ct) =>
                (await watch.HandleAsync(new WatchFolder(id, body.Folder), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("WatchFolder").WithSummary("Lets a source take the files of a folder below the watched root, or none");

        var files = measurement.MapGroup("/files/{id:guid}");
        files.MapGet("/", async (Guid id, GetFileRun.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetFileRun(id), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetFileRun").WithSummary("One file: how far it is, what was kept, known already and refused");

        files.MapGet("/refused", async (Guid id, int? page, int? size, ListRefusedRows.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListRefusedRows(id, page ?? 1, size ?? 50), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListRefusedRows").WithSummary("The rows that were not taken, by line, with the reason");

        files.MapGet("/refused.csv", ExportAsync)
            .WithName("ExportRefusedRows").WithSummary("The same as a CSV");
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ExportAsync(Guid id, ExportRefusedRows.Handler export, CurrentActor current, CancellationToken ct)
    {
        var outcome = await export.HandleAsync(new ExportRefusedRows(id), await current.GetAsync(ct), ct);
        return outcome.Succeeded ? TypedResults.File(outcome.Value, "text/csv; charset=utf-8", "refused-rows.csv") : OutcomeResults.Problem(outcome.Refusal);
    }

    private static async Task<Results<Accepted<SentFile>, ProblemHttpResult>> SendAsync(
        int id, string? name, HttpRequest request, StageFile.Handler stage, StartFileRun.Handler start, CurrentActor current, CancellationToken ct)
    {
        var actor = await current.GetAsync(ct);
        var staged = await stage.HandleAsync(new StageFile(null, id, name ?? "sent file", request.Body), actor, ct);
        if (!staged.Succeeded)
            return OutcomeResults.Problem(staged.Refusal);
        var started = await start.HandleAsync(new StartFileRun(staged.Value), actor, ct);
        return started.Succeeded ? TypedResults.Accepted($"/api/v1/files/{staged.Value}", new SentFile(staged.Value)) : OutcomeResults.Problem(started.Refusal);
    }

    internal sealed record FolderBody(string? Folder);

    /// <summary>Under which a file that was sent is found.</summary>
    internal sealed record SentFile(Guid Id);
}
