using Microsoft.AspNetCore.Mvc;
using SloPortal.Application.Objectives.AsCode.Exporting;
using SloPortal.Application.Objectives.AsCode.Importing;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Objectives.AsCode;

internal static class CodeEndpoints
{
    public static void MapAsCode(this RouteGroupBuilder objectives)
    {
        objectives.MapPost("/import", async (ImportObjectives import, ImportObjectives.Handler handler, CurrentActor current, CancellationToken ct) =>
                (await handler.HandleAsync(import, await current.GetAsync(ct), ct)).ToOk())
            .WithMetadata(new RequestSizeLimitAttribute(RequestLimits.Import))
            .WithName("ImportObjectives").WithSummary("Brings services, SLIs and objectives to what files of OpenSLO or Sloth say, all or nothing; dryRun only tells the difference")
            .WithDescription("New terms become proposals that wait for two signatures. The answer names every refusal with file, line and reason; where there is one, nothing was changed.");

        objectives.MapGet("/export", async (EnumWord<CodeForm>? form, string? service, string? objective, ExportObjectives.Handler export, CurrentActor current, CancellationToken ct) =>
                ToFile(await export.HandleAsync(new ExportObjectives(form?.Value ?? CodeForm.OpenSlo, service, objective), await current.GetAsync(ct), ct)))
            .Produces<string>(StatusCodes.Status200OK, "application/yaml")
            .WithName("ExportObjectives").WithSummary("Objectives as a file: OpenSLO v1 (openSlo), rules of Prometheus as Sloth generates them (rules), or rules that count events (eventRules)");
    }

    private static IResult ToFile(Outcome<CodeDownload> found) => found.Succeeded
        ? TypedResults.File(System.Text.Encoding.UTF8.GetBytes(found.Value.Text), "application/yaml", found.Value.FileName)
        : OutcomeResults.Problem(found.Refusal);
}
