using SloPortal.Application.Incidents.Detection.Intake;
using SloPortal.Application.Incidents.Detection.Intake.Ledger;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Detection.Intake;

/// <summary>The ledger, the sources and the reports of people in the HTTP API.</summary>
internal static class SignalEndpoints
{
    public static void MapSignals(this RouteGroupBuilder api)
    {
        var signals = api.MapGroup("/signals").WithTags("Incidents");
        signals.MapGet("/", async ([AsParameters] SignalsAsked asked, ListSignals.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(asked.Request(), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListSignals").WithSummary("What other programs and people say is wrong, with what became of it and why; the last heard of first");
        signals.MapGet("/{id:guid}", async (Guid id, GetSignal.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetSignal(id), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetSignal").WithSummary("One signal with its labels and every line of the ledger about it, at most the last 200");
        signals.MapPost("/reports", async (ReportProblem request, ReportProblem.Handler report, CurrentActor current, CancellationToken ct) =>
                (await report.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(id => $"/api/v1/signals/{id}"))
            .WithName("ReportProblem").WithSummary("Says that something is wrong with a service; one person counts once an hour");

        var sources = api.MapGroup("/teams/{team}/signal-sources").WithTags("Incidents");
        sources.MapGet("/", async (string team, ListSignalSources.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListSignalSources(team), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListSignalSources").WithSummary("What may tell a team that something is wrong, and how each source does");
        sources.MapPost("/", async (string team, SourceGiven given, AddSignalSource.Handler add, CurrentActor current, CancellationToken ct) =>
                (await add.HandleAsync(new AddSignalSource(team, given.Kind, given.Name, given.Service, given.ServiceLabel, given.Secret), await current.GetAsync(ct), ct))
                .ToCreated(made => $"/api/v1/teams/{team}/signal-sources/{made.Id}"))
            .WithName("AddSignalSource").WithSummary("Adds a source; its key is in this answer and nowhere else");
        sources.MapPut("/{id:guid}", async (string team, Guid id, SourceChanged given, ChangeSignalSource.Handler change, CurrentActor current, CancellationToken ct) =>
                (await change.HandleAsync(new ChangeSignalSource(team, id, given.Name, given.Service, given.ServiceLabel, given.Secret, given.Version), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ChangeSignalSource").WithSummary("Changes name, service, label and secret of a source; without a secret it keeps its own");
        sources.MapPost("/{id:guid}/key", async (string team, Guid id, RotateSignalKey.Handler rotate, CurrentActor current, CancellationToken ct) =>
                (await rotate.HandleAsync(new RotateSignalKey(team, id), await current.GetAsync(ct), ct)).ToOk())
            .WithName("RotateSignalKey").WithSummary("Gives a source another key; the old one is worth nothing from then on");
        sources.MapDelete("/{id:guid}", async (string team, Guid id, RemoveSignalSource.Handler remove, CurrentActor current, CancellationToken ct) =>
                (await remove.HandleAsync(new RemoveSignalSource(team, id), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("RemoveSignalSource").WithSummary("Takes nothing from a source any more; what it said stays");
    }
}

internal sealed record SignalsAsked
{
    public string? Text { get; init; }
    public string? Service { get; init; }
    public EnumWord<SignalState>? State { get; init; }
    public EnumWord<SignalOutcome>? Outcome { get; init; }
    public Guid? Source { get; init; }
    public Guid? Silence { get; init; }
    public bool? Waiting { get; init; }
    public int? Page { get; init; }
    public int? Size { get; init; }

    public ListSignals Request() => new(Text, Service, State?.Value, Outcome?.Value, Source, Waiting ?? false, Page ?? 1, Size ?? 50, Silence);
}

internal sealed record SourceGiven(SignalSourceKind Kind, string Name, string? Service = null, string? ServiceLabel = null, string? Secret = null);

internal sealed record SourceChanged(string Name, string? Service = null, string? ServiceLabel = null, string? Secret = null, uint? Version = null);
