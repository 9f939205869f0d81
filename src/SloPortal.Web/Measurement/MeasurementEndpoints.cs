using SloPortal.Application.Measurement;
using SloPortal.Application.Measurement.Corrections;
using SloPortal.Application.Measurement.Cost;
using SloPortal.Application.Measurement.Preview;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Application.Measurement.Sources;
using SloPortal.Application.Measurement.Suggestions;
using SloPortal.Domain.Measurement.Corrections;
using SloPortal.Domain.Measurement.Cost;
using SloPortal.Web.Access;
using SloPortal.Web.Common;
using SloPortal.Web.Measurement.Comparing;
using SloPortal.Web.Measurement.Deciding;
using SloPortal.Web.Measurement.Beacons;
using SloPortal.Web.Measurement.Classifying;
using SloPortal.Web.Measurement.Files;
using SloPortal.Web.Measurement.Probes;
using SloPortal.Web.Measurement.Queries;
using SloPortal.Web.Measurement.Segments;
using SloPortal.Web.Measurement.Statsd;

namespace SloPortal.Web.Measurement;

internal static class MeasurementEndpoints
{
    public static void MapMeasurement(this RouteGroupBuilder api)
    {
        var measurement = api.MapGroup("").WithTags("Measurement");
        MapSlis(measurement.MapGroup("/slis"));
        MapSources(measurement.MapGroup("/sources"));
        MapCorrections(measurement);
        measurement.MapComparing();
        measurement.MapClassifying();
        measurement.MapDeciding();
        measurement.MapSegments();
        measurement.MapFiles();
        measurement.MapQueries();
        measurement.MapStatsd();
        measurement.MapProbes();
        measurement.MapBeacons();
        MapSuggestions(measurement.MapGroup("/sources/{source:int}"));

        measurement.MapGet("/series", async (int? source, string? filter, EnumWord<SeriesReading>? reading, EnumWord<SeriesOrder>? order, int? page, ListUnusedSeries.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListUnusedSeries(source, filter, reading?.Value, order?.Value ?? SeriesOrder.Samples, page ?? 1), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListSeries").WithSummary("Metrics by source with their series, how many of them SLIs read, what they cost, and how senders drop what nobody reads");

        measurement.MapGet("/measuring", async (GetMeasuringProgress.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetMeasuringProgress(), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetMeasuringProgress").WithSummary("Whether samples arrive and an SLI exists");
    }

    private static void MapSlis(RouteGroupBuilder slis)
    {
        slis.MapGet("/", async (string? service, string? filter, bool? archived, ListSlis.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListSlis(service, filter, archived ?? false), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListSlis").WithSummary("The SLIs, by service and name");

        slis.MapPost("/", async (CreateSli request, CreateSli.Handler create, CurrentActor current, CancellationToken ct) =>
                (await create.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(id => $"/api/v1/slis/{id}"))
            .WithName("CreateSli").WithSummary("Adds an SLI to a service and counts the hours that the portal still holds; answers with its id");

        slis.MapPost("/preview", async (PreviewSli request, PreviewSli.Handler preview, CurrentActor current, CancellationToken ct) =>
                (await preview.HandleAsync(request, await current.GetAsync(ct), ct)).ToOk())
            .WithName("PreviewSli").WithSummary("What a definition would have counted over the last hours; nothing is stored");

        slis.MapGet("/{id:int}", async (int id, GetSli.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetSli(id), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetSli").WithSummary("One SLI: definition, series, coverage, last hour and day");

        slis.MapPut("/{id:int}", async (int id, SliNames body, RenameSli.Handler rename, CurrentActor current, CancellationToken ct) =>
                (await rename.HandleAsync(new RenameSli(id, body.Name, body.Description), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("RenameSli").WithSummary("Changes name and description; a definition never changes");

        slis.MapDelete("/{id:int}", async (int id, ArchiveSli.Handler archive, CurrentActor current, CancellationToken ct) =>
                (await archive.HandleAsync(new ArchiveSli(id), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ArchiveSli").WithSummary("Stops counting for an SLI; what was counted stays");

        slis.MapGet("/{id:int}/counts", async (int id, DateTimeOffset? from, DateTimeOffset? to, int? stepMinutes, GetSliCounts.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetSliCounts(id, from, to, stepMinutes ?? 60), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetSliCounts").WithSummary("Good and total events in steps of minutes; steps without data are left out");
    }

    private static void MapCorrections(RouteGroupBuilder api)
    {
        api.MapGet("/slis/{id:int}/corrections", async (int id, ListCorrections.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListCorrections(id), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListCorrections").WithSummary("Every correction of an SLI there ever was, with what was measured and what counts");

        api.MapPost("/slis/{id:int}/corrections", async (int id, CorrectionBody body, ProposeCorrection.Handler propose, CurrentActor current, CancellationToken ct) =>
                (await propose.HandleAsync(
                    new ProposeCorrection(id, body.Kind, body.From, body.To, body.Reason, body.Evidence, body.Recurrence, body.TimeZone ?? "Etc/UTC", body.Good, body.Total),
                    await current.GetAsync(ct), ct)).ToCreated(_ => $"/api/v1/slis/{id}/corrections"))
            .WithName("ProposeCorrection").WithSummary("Proposes that minutes count otherwise than they were measured; somebody else approves it");

        api.MapPost("/corrections/{id:guid}/decision", async (Guid id, DecisionBody body, DecideCorrection.Handler decide, CurrentActor current, CancellationToken ct) =>
                (await decide.HandleAsync(new DecideCorrection(id, body.Approve, body.Note ?? ""), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("DecideCorrection").WithSummary("Approves or declines a correction that somebody else proposed");

        api.MapPost("/corrections/{id:guid}/withdrawal", async (Guid id, WithdrawalBody body, WithdrawCorrection.Handler withdraw, CurrentActor current, CancellationToken ct) =>
                (await withdraw.HandleAsync(new WithdrawCorrection(id, body.Reason), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("WithdrawCorrection").WithSummary("Has the minutes count again as they were measured");
    }

    private static void MapSources(RouteGroupBuilder sources)
    {
        sources.MapGet("/", async (ListSources.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListSources(), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListSources").WithSummary("Where samples come from, and how each source stands");

        sources.MapPost("/", async (CreatePullSource request, CreatePullSource.Handler create, CurrentActor current, CancellationToken ct) =>
                (await create.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(id => $"/api/v1/sources/{id}"))
            .WithName("CreatePullSource").WithSummary("Adds a Prometheus-compatible server to be asked; sources that send appear by themselves");

        sources.MapPost("/test", async (TestPullSource request, TestPullSource.Handler test, CurrentActor current, CancellationToken ct) =>
                (await test.HandleAsync(request, await current.GetAsync(ct), ct)).ToOk())
            .WithName("TestPullSource").WithSummary("Asks a server once; nothing is stored");

        sources.MapGet("/{id:int}", async (int id, int? hours, GetSource.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetSource(id, hours ?? 48), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetSource").WithSummary("One source: what arrived, was matched, and was refused and why, by hour");

        sources.MapPut("/{id:int}", async (int id, PullSourceBody body, UpdatePullSource.Handler update, CurrentActor current, CancellationToken ct) =>
                (await update.HandleAsync(new UpdatePullSource(id, body.Name, body.Url, body.EverySeconds, body.Authorization), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("UpdatePullSource").WithSummary("Changes how a server is asked; authorization left out keeps the present value");

        sources.MapPut("/{id:int}/budget", async (int id, SourceBudgetBody body, SetSourceBudget.Handler set, CurrentActor current, CancellationToken ct) =>
                (await set.HandleAsync(new SetSourceBudget(id, body.MaxSeries, body.MaxSamplesPerSecond, body.Above), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("SetSourceBudget").WithSummary("Says how many series and samples a second a source may send, and what happens above it; neither removes the budget");

        sources.MapPost("/{id:int}/pause", async (int id, PausePullSource.Handler pause, CurrentActor current, CancellationToken ct) =>
                (await pause.HandleAsync(new PausePullSource(id), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("PausePullSource").WithSummary("Stops asking a server");

        sources.MapPost("/{id:int}/resume", async (int id, ResumePullSource.Handler resume, CurrentActor current, CancellationToken ct) =>
                (await resume.HandleAsync(new ResumePullSource(id), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ResumePullSource").WithSummary("Asks a paused server again");
    }

    private static void MapSuggestions(RouteGroupBuilder source)
    {
        source.MapGet("/metrics", async (int source, string? text, int? limit, SuggestMetrics.Handler suggest, CurrentActor current, CancellationToken ct) =>
                (await suggest.HandleAsync(new SuggestMetrics(source, text, limit ?? 50), await current.GetAsync(ct), ct)).ToOk())
            .WithName("SuggestMetrics").WithSummary("Metric names that the source really has");

        source.MapGet("/labels", async (int source, string metric, SuggestLabels.Handler suggest, CurrentActor current, CancellationToken ct) =>
                (await suggest.HandleAsync(new SuggestLabels(source, metric), await current.GetAsync(ct), ct)).ToOk())
            .WithName("SuggestLabels").WithSummary("Label names of a metric");

        source.MapGet("/label-values", async (int source, string metric, string label, string? text, int? limit, SuggestLabelValues.Handler suggest, CurrentActor current, CancellationToken ct) =>
                (await suggest.HandleAsync(new SuggestLabelValues(source, metric, label, text, limit ?? 50), await current.GetAsync(ct), ct)).ToOk())
            .WithName("SuggestLabelValues").WithSummary("Values of a label of a metric");
    }

    internal sealed record CorrectionBody(
        CorrectionKind Kind, DateTimeOffset From, DateTimeOffset To, string Reason, string Evidence, string? Recurrence = null, string? TimeZone = null, double? Good = null, double? Total = null);

    internal sealed record DecisionBody(bool Approve, string? Note = null);

    internal sealed record WithdrawalBody(string Reason);

    internal sealed record SliNames(string Name, string Description);

    internal sealed record SourceBudgetBody(int? MaxSeries, int? MaxSamplesPerSecond, AboveRate Above = AboveRate.Wait);

    internal sealed record PullSourceBody(string Name, string Url, int EverySeconds, string? Authorization = null);
}
