using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Catalog;
using SloPortal.Application.Measurement.Preview;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Application.Measurement.Sources;
using SloPortal.Application.Measurement.Suggestions;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Web.Access;
using SloPortal.Web.Common;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement;

/// <summary>Defines an SLI from what really arrives, and shows what it would have counted before it is saved.</summary>
public sealed partial class SliWizardPage : IDisposable
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(350);

    private static readonly (SliKind Kind, string Title, string Sentence)[] Kinds =
    [
        (SliKind.CounterRatio, "A share of counted events", "Counters of all events and of the good or bad ones, such as requests by status."),
        (SliKind.HistogramThreshold, "How fast events are", "A histogram, such as durations: events within a bound are good."),
        (SliKind.GaugeThreshold, "A level", "A gauge, such as the age of a queue: each sample is one event."),
        (SliKind.Pushed, "Pushed counts", "A program sends good and total itself."),
        (SliKind.Composite, "A journey", "Several SLIs of any services make one figure: by weight, or as good as the worst of them."),
    ];

    private readonly SliInput input = new();
    private readonly CancellationTokenSource left = new();
    private CancellationTokenSource? counting;
    private IReadOnlyList<SourceRow>? sources;
    private IReadOnlyList<SliRow> steps = [];
    private IReadOnlyList<SliStart> starts = [];
    private IReadOnlyList<string> bounds = [];
    private PreviewedCounts? preview;
    private string? previewProblem;
    private string? trouble;
    private Refusal? refusal;
    private Refusal? denial;
    private bool previewing;
    private bool saving;
    private Actor actor = CurrentActor.Nobody;

    [Inject] private GetService.Handler Get { get; set; } = default!;

    [Inject] private ListSources.Handler List { get; set; } = default!;

    [Inject] private ListSlis.Handler Slis { get; set; } = default!;

    [Inject] private SuggestStarts.Handler Starts { get; set; } = default!;

    [Inject] private SuggestMetrics.Handler Metrics { get; set; } = default!;

    [Inject] private SuggestLabels.Handler Labels { get; set; } = default!;

    [Inject] private SuggestLabelValues.Handler Values { get; set; } = default!;

    [Inject] private PreviewSli.Handler Preview { get; set; } = default!;

    [Inject] private CreateSli.Handler Create { get; set; } = default!;

    [Inject] private CurrentActor Current { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    /// <summary>Slug of the service.</summary>
    [Parameter] public string Service { get; set; } = "";

    /// <summary>The source to begin with.</summary>
    [SupplyParameterFromQuery(Name = "source")] public int? FromSource { get; set; }

    /// <summary>Selectors of all and of the bad events to begin with, as the rules of a service propose them.</summary>
    [SupplyParameterFromQuery(Name = "total")] public string? FromTotal { get; set; }

    [SupplyParameterFromQuery(Name = "bad")] public string? FromBad { get; set; }

    private IReadOnlyList<Crumb> Way => [new("Services", Routes.Services), new(Service, Routes.Service(Service))];

    private IEnumerable<SourceRow> Choosable => (sources ?? []).Where(s => input.Kind == SliKind.Pushed ? s.Kind == SourceKind.Push : s.Kind.SendsSeries());

    private string MetricLabel => input.Kind switch
    {
        SliKind.CounterRatio => "Counter of all events",
        SliKind.GaugeThreshold => "Gauge",
        _ => "Histogram",
    };

    private string MetricExample => input.Kind switch
    {
        SliKind.CounterRatio => "http_requests_total",
        SliKind.GaugeThreshold => "queue_age_seconds",
        _ => "http_request_duration_seconds",
    };

    private string MetricField => input.Kind switch
    {
        SliKind.CounterRatio => "Definition.Total",
        SliKind.GaugeThreshold => "Definition.Gauge",
        _ => "Definition.Histogram",
    };

    private IEnumerable<string> Bounds => input.Threshold.Length > 0 && !bounds.Contains(input.Threshold) ? bounds.Append(input.Threshold) : bounds;

    protected override async Task ReadAsync()
    {
        actor = await Current.GetAsync(left.Token);
        if (!actor.May(Permission.OwnServices))
        {
            denial = Application.Access.Denial.Of(actor, Permission.OwnServices);
            return;
        }
        var service = await Get.HandleAsync(new GetService(Service), actor, left.Token);
        denial = !service.Succeeded ? service.Refusal : service.Value.MayChange ? null : Application.Access.Denial.OfTeam(service.Value.TeamName);
        if (denial is not null)
            return;
        var outcome = await List.HandleAsync(new ListSources(), actor, left.Token);
        (sources, denial) = (outcome.Value ?? [], outcome.Refusal);
        if (FromSource is { } id && sources.Any(s => s.Id == id))
            await UseSourceAsync(id);
        else if (Choosable.ToArray() is [var only])
            await UseSourceAsync(only.Id);
        var draft = new SliDraft { Kind = SliKind.CounterRatio, Total = FromTotal, Bad = FromBad };
        if (FromTotal is null || !draft.TryBuild(out _, out _))
            return;
        input.Begin(draft, "Not failed for users");
        await PreviewAsync();
    }

    public void Dispose()
    {
        left.Cancel();
        counting?.Dispose();
        left.Dispose();
    }

    private async Task ChooseKindAsync(SliKind kind)
    {
        input.Kind = kind;
        input.Threshold = "";
        if (kind == SliKind.Composite && steps.Count == 0)
        {
            var outcome = await Slis.HandleAsync(new ListSlis(), actor, left.Token).OrUnanswered();
            (steps, trouble) = ([.. (outcome.Value ?? []).Where(s => s.Kind != SliKind.Composite)], outcome.Refusal?.Message);
        }
        if (input.SourceId is { } id && !Choosable.Any(s => s.Id == id))
            await UseSourceAsync(Choosable.ToArray() is [var only] ? only.Id : null);
        await PreviewAsync();
    }

    private async Task ChooseSourceAsync(ChangeEventArgs change)
    {
        await UseSourceAsync(int.TryParse(change.Value as string, CultureInfo.InvariantCulture, out var id) ? id : null);
        await PreviewAsync();
    }

    private async Task UseSourceAsync(int? id)
    {
        (input.SourceId, starts, trouble) = (id, [], null);
        if (id is null || sources?.FirstOrDefault(s => s.Id == id)?.Kind.SendsSeries() == false)
            return;
        var outcome = await Starts.HandleAsync(new SuggestStarts(id.Value), actor, left.Token).OrUnanswered();
        (starts, trouble) = (outcome.Value ?? [], outcome.Refusal?.Message);
    }

    private async Task BeginAsync(SliStart start)
    {
        input.Begin(start.Draft, start.Name);
        await PreviewAsync();
    }

    private async Task ChangeAsync(Action change)
    {
        change();
        await PreviewAsync();
    }

    /// <summary>Counts what is defined so far, a moment after the last key; an older count is given up.</summary>
    private async Task PreviewAsync()
    {
        if (left.IsCancellationRequested)
            return;
        counting?.Cancel();
        counting?.Dispose();
        counting = CancellationTokenSource.CreateLinkedTokenSource(left.Token);
        var ct = counting.Token;
        try
        {
            await Task.Delay(TypingPause, Clock, ct);
            if (input.Kind == SliKind.HistogramThreshold && input.Metric.Trim().Length > 0)
                await ReadBoundsAsync(ct);
            if (!input.CanPreview)
            {
                (preview, previewProblem, previewing) = (null, null, false);
                return;
            }
            previewing = true;
            StateHasChanged();
            var outcome = await Preview.HandleAsync(new PreviewSli(input.SourceId, input.Draft()), actor, ct).OrUnanswered();
            ct.ThrowIfCancellationRequested();
            (preview, previewProblem, previewing) = (outcome.Value, outcome.Refusal?.Message, false);
        }
        catch (OperationCanceledException)
        {
            // A later change counts, or the page is left.
        }
    }

    private async Task ReadBoundsAsync(CancellationToken ct)
    {
        var values = await ValuesOfAsync(input.Metric.Trim() + "_bucket", "le", "", 200, ct);
        bounds = [.. SuggestStarts.Handler.Bounds(values).Select(b => b.ToString("R", CultureInfo.InvariantCulture))];
    }

    private async Task<IReadOnlyList<string>> MetricsAsync(string text, CancellationToken ct)
    {
        if (input.SourceId is not { } source)
            return [];
        var isHistogram = input.Kind == SliKind.HistogramThreshold;
        var names = await OfferedAsync(Metrics.HandleAsync(new SuggestMetrics(source, text, isHistogram ? 400 : 50), actor, ct));
        return isHistogram ? [.. names.Where(n => n.EndsWith("_bucket", StringComparison.Ordinal)).Select(n => n[..^"_bucket".Length]).Take(50)] : names;
    }

    private string SeriesMetric => input.Kind == SliKind.HistogramThreshold ? input.Metric.Trim() + "_bucket" : input.Metric.Trim();

    private string PartSeriesMetric => input.PartMetric.Trim().Length > 0 ? input.PartMetric.Trim() : SeriesMetric;

    private Task<IReadOnlyList<string>> LabelsAsync(CancellationToken ct) => LabelsOfAsync(SeriesMetric, ct);

    private Task<IReadOnlyList<string>> PartLabelsAsync(CancellationToken ct) => LabelsOfAsync(PartSeriesMetric, ct);

    private Task<IReadOnlyList<string>> ValuesAsync(string label, string text, CancellationToken ct) => ValuesOfAsync(SeriesMetric, label, text, 50, ct);

    private Task<IReadOnlyList<string>> PartValuesAsync(string label, string text, CancellationToken ct) => ValuesOfAsync(PartSeriesMetric, label, text, 50, ct);

    private async Task<IReadOnlyList<string>> LabelsOfAsync(string metric, CancellationToken ct) =>
        input.SourceId is { } source && metric.Length > 0 ? await OfferedAsync(Labels.HandleAsync(new SuggestLabels(source, metric), actor, ct)) : [];

    private async Task<IReadOnlyList<string>> ValuesOfAsync(string metric, string label, string text, int limit, CancellationToken ct) =>
        input.SourceId is { } source && metric.Length > 0 && label.Length > 0
            ? await OfferedAsync(Values.HandleAsync(new SuggestLabelValues(source, metric, label, text, limit), actor, ct)) : [];

    /// <summary>None where they cannot be read; the form says why.</summary>
    private async Task<IReadOnlyList<string>> OfferedAsync(Task<Outcome<IReadOnlyList<string>>> read)
    {
        var outcome = await read.OrUnanswered();
        if (trouble != outcome.Refusal?.Message)
        {
            trouble = outcome.Refusal?.Message;
            StateHasChanged();
        }
        return outcome.Value ?? [];
    }

    private async Task SaveAsync()
    {
        saving = true;
        var request = new CreateSli(Service, input.Slug, input.Name, input.Description, input.Kind == SliKind.Composite ? null : input.SourceId, input.Draft());
        var outcome = await Create.HandleAsync(request, await Current.GetAsync(left.Token), left.Token);
        (refusal, saving) = (outcome.Refusal, false);
        if (outcome.Succeeded)
            Navigation.NavigateTo(Routes.Sli(outcome.Value));
    }

    private string? Has(string field) => Error(field) is null ? null : "true";

    private string? Error(string field) =>
        refusal?.Fields is { } fields && fields.TryGetValue(field, out var sentences) ? string.Join(' ', sentences) : null;
}
