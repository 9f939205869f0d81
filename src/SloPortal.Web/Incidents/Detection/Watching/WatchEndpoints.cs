using SloPortal.Application.Incidents.Detection.Watching;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection.Watching;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Detection.Watching;

/// <summary>The watch list in the HTTP API.</summary>
internal static class WatchEndpoints
{
    public static void MapWatch(this RouteGroupBuilder api)
    {
        var watch = api.MapGroup("/watch").WithTags("Incidents");
        watch.MapGet("/", async ([AsParameters] WatchAsked asked, ListWatch.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(asked.Request(), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListWatch").WithSummary("What is watched and calls nobody, with why, owner and expiry; all=true for what left the list too");
        watch.MapGet("/{id:guid}", async (Guid id, GetWatch.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetWatch(id), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetWatch").WithSummary("One watched thing with its history, at most the last 200 lines");
        watch.MapPost("/", async (WatchByHand request, WatchByHand.Handler add, CurrentActor current, CancellationToken ct) =>
                (await add.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(id => $"/api/v1/watch/{id}"))
            .WithName("WatchByHand").WithSummary("Puts something on the watch list; whoever does owns it");
        watch.MapPost("/{id:guid}/owner", async (Guid id, WatchOwnerGiven given, OwnWatch.Handler own, CurrentActor current, CancellationToken ct) =>
                (await own.HandleAsync(new OwnWatch(id, given.Person, given.ClientKey), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("OwnWatch").WithSummary("Says who looks after it; without a person it is whoever asks");
        watch.MapPost("/{id:guid}/extension", async (Guid id, WatchExtension given, ExtendWatch.Handler extend, CurrentActor current, CancellationToken ct) =>
                (await extend.HandleAsync(new ExtendWatch(id, given.Until, given.Why, given.ClientKey), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ExtendWatch").WithSummary("Keeps it on the list for longer, at most 30 days from now");
        watch.MapPost("/{id:guid}/dismissal", async (Guid id, WatchDismissal given, DismissWatch.Handler dismiss, CurrentActor current, CancellationToken ct) =>
                (await dismiss.HandleAsync(new DismissWatch(id, given.Reason, given.ClientKey), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("DismissWatch").WithSummary("Takes it off the list for a reason; no look puts it there again until it would have expired");
        watch.MapPost("/{id:guid}/promotion", async (Guid id, WatchPromotion given, PromoteWatch.Handler promote, CurrentActor current, CancellationToken ct) =>
                (await promote.HandleAsync(new PromoteWatch(id, given.Severity, given.Title, given.Summary, given.Restricted, given.Readers, given.ClientKey), await current.GetAsync(ct), ct))
                .ToCreated(number => $"/api/v1/incidents/{number}"))
            .WithName("PromoteWatch").WithSummary("Declares an incident of it, once; its history enters the timeline");
    }
}

internal sealed record WatchAsked
{
    /// <summary>Watched when left out.</summary>
    public EnumWord<WatchState>? State { get; init; }

    /// <summary>Whatever their state.</summary>
    public bool? All { get; init; }
    public EnumWord<WatchKind>? Kind { get; init; }
    public string? Service { get; init; }
    public string? Text { get; init; }
    public Guid? Owner { get; init; }
    public int? Page { get; init; }
    public int? Size { get; init; }

    public ListWatch Request() => new(
        All == true ? null : State?.Value ?? WatchState.Watched, Kind?.Value, Service, Text, Owner, Page ?? 1, Size ?? 50);
}

internal sealed record WatchOwnerGiven(Guid? Person = null, string? ClientKey = null);

internal sealed record WatchExtension(DateTimeOffset Until, string? Why = null, string? ClientKey = null);

internal sealed record WatchDismissal(string Reason, string? ClientKey = null);

internal sealed record WatchPromotion(
    IncidentSeverity Severity, string? Title = null, string? Summary = null, bool Restricted = false, IReadOnlyList<Guid>? Readers = null, string? ClientKey = null);
