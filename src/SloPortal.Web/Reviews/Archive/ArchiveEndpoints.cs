using Microsoft.AspNetCore.Mvc;
using SloPortal.Application.Reviews;
using SloPortal.Application.Reviews.Archive;
using SloPortal.Application.Reviews.Archive.Import;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Reviews.Writing;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Reviews.Archive;

internal static class ArchiveEndpoints
{
    public static void MapArchive(this RouteGroupBuilder api)
    {
        var archive = api.MapGroup("/").WithTags("Archive");

        archive.MapGet("/archive/search", async ([AsParameters] SearchQuery query, int? page, int? size, SearchPostmortems.Handler search, CurrentActor current, CancellationToken ct) =>
                (await search.HandleAsync(new SearchPostmortems(query.ToFilter(), page ?? 1, size ?? 20), await current.GetAsync(ct), ct)).ToOk())
            .WithName("SearchPostmortems").WithSummary("Published postmortems by words as in a web search, with highlights and facets; without words the newest first");

        archive.MapGet("/postmortems", async (EnumWord<PostmortemState>[]? state, bool? mine, int? page, int? size, ListPostmortems.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListPostmortems([.. (state ?? []).Select(s => s.Value)], mine ?? false, page ?? 1, size ?? 50), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListPostmortems").WithSummary("Postmortems in every state, those changed last first");

        archive.MapPost("/archive/import", async (ImportPostmortems import, ImportPostmortems.Handler handler, CurrentActor current, CancellationToken ct) =>
                (await handler.HandleAsync(import, await current.GetAsync(ct), ct)).ToOk())
            .WithMetadata(new RequestSizeLimitAttribute(RequestLimits.Import))
            .WithName("ImportPostmortems").WithSummary("Publishes Markdown files with a YAML header at once, or only tells what would happen");
    }
}

/// <summary>The filter as an address has it; what occurs several times is one of several.</summary>
/// <param name="Q">Words as in a web search.</param>
/// <param name="From">First instant.</param>
/// <param name="To">First instant after the range.</param>
internal sealed record SearchQuery
{
    public string? Q { get; init; }
    public string[]? Service { get; init; }
    public EnumWord<IncidentSeverity>[]? Severity { get; init; }
    public string[]? Factor { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }

    public ArchiveFilter ToFilter() => new(Q, Service, [.. (Severity ?? []).Select(s => s.Value)], Factor, From, To);
}
