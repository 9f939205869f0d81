using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement;

/// <summary>One SLI: its definition, the series that it reads, the objectives that use it, and for which minutes it has data.</summary>
public sealed partial class SliPage
{
    private Refusal? refusal;
    private string? trouble;
    private bool busy;
    private bool renaming;
    private DateTimeOffset now;

    [Inject] private GetSli.Handler Get { get; set; } = default!;

    [Inject] private ArchiveSli.Handler Archive { get; set; } = default!;

    [Inject] private CurrentActor Current { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Parameter] public int Id { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [PersistentState] public SliDetails? Sli { get; set; }

    private IReadOnlyList<Crumb> Way => [new("Services", Routes.Services), new(Sli!.ServiceName, Routes.Service(Sli.Service))];

    private string Standing => Sli switch
    {
        { ArchivedAt: not null } => "Nothing is counted any more; what was counted stays.",
        { LastMinute: null, SeriesCount: 0, SourceId: not null } => "No series matches yet; it counts from the first that does.",
        { LastMinute: null, Parts.Count: > 0 } => "It takes over what its steps have counted within a minute.",
        { LastMinute: null } => "It counts from the next samples on.",
        { LastMinute: { } at } => $"Counted up to {RelativeTime.Describe(at, now, Zone)}.",
        null => "",
    };

    /// <summary>The hours of UTC, said in the reader's zone.</summary>
    private IEnumerable<(DateTimeOffset Hour, SliStep? Step)> Day
    {
        get
        {
            var known = Sli!.Hours.ToDictionary(h => h.Start);
            var newest = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
            return Enumerable.Range(0, 24).Select(i => newest.AddHours(i - 23)).Select(hour => (TimeZoneInfo.ConvertTime(hour, Zone), known.GetValueOrDefault(hour)));
        }
    }

    private IEnumerable<(string Word, string Text)> Definition
    {
        get
        {
            var d = Sli!.Definition;
            return new (string Word, string? Text)[]
            {
                ("All events", d.Total), ("Good events", d.Good), ("Bad events", d.Bad), ("Gauge", d.Gauge), ("Histogram", d.Histogram),
                ("Good when", d.Threshold is { } t ? $"{(d.Operator ?? ThresholdOperator.AtMost).Sign()} {t.ToString("R", CultureInfo.InvariantCulture)}" : null),
                ("Made of", d.Rule switch { CompositeRule.Weighted => "its steps, by weight", CompositeRule.WorstOf => "the worst of its steps in each minute", _ => null }),
                ("Counts", d.Kind == SliKind.Pushed ? "pushed by a program" : null),
            }.Where(x => x.Text is not null).Select(x => (x.Word, x.Text!));
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        now = Clock.GetUtcNow();
        if (Sli?.Id != Id)
            await ReadAsync();
    }

    private async Task ReadAsync()
    {
        var outcome = await Get.HandleAsync(new GetSli(Id), await Current.GetAsync(), default);
        (Sli, refusal) = (outcome.Value, outcome.Refusal);
    }

    private async Task RenamedAsync()
    {
        renaming = false;
        await ReadAsync();
    }

    private async Task ArchiveAsync()
    {
        busy = true;
        var outcome = await Archive.HandleAsync(new ArchiveSli(Id), await Current.GetAsync(), default);
        (trouble, busy) = (outcome.Refusal?.Message, false);
        if (outcome.Succeeded)
            await ReadAsync();
    }

    private static string Events(EventCounts counts, bool isComposite) => counts.HasData
        ? $"of {counts.Total.ToString("#,0.##", CultureInfo.InvariantCulture)} {(isComposite ? "minutes" : "events")}" : "no events";

    private static string HourTitle(DateTimeOffset hour, SliStep? step) =>
        $"{hour.ToString("HH:mm", CultureInfo.InvariantCulture)}: {(step is null ? "no data" : $"{step.Minutes} of 60 minutes, {step.Total.ToString("N0", CultureInfo.InvariantCulture)} events")}";
}
