using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Measurement.Pull.Backfills;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement;

/// <summary>One SLI: its definition, the series that it reads, the objectives that use it, and for which minutes it has data.</summary>
public sealed partial class SliPage
{
    private Refusal? refusal;
    private string? trouble;
    private bool busy;
    private bool renaming;

    [Inject] private GetSli.Handler Get { get; set; } = default!;

    [Inject] private ArchiveSli.Handler Archive { get; set; } = default!;

    [Parameter] public int Id { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [PersistentState] public SliDetails? Sli { get; set; }

    private IReadOnlyList<Crumb> Way => [new("Services", Routes.Services), new(Sli!.ServiceName, Routes.Service(Sli.Service))];

    private string Standing => Sli switch
    {
        { ArchivedAt: not null } => "Nothing is counted any more; what was counted stays.",
        { LastMinute: null, Backfill.FinishedAt: null, Backfill: not null } => "It counts from the next pull on.",
        { LastMinute: null, SeriesCount: 0, SourceId: not null } => "No series matches yet; it counts from the first that does.",
        { LastMinute: null, Parts.Count: > 0 } => "It takes over what its steps have counted within a minute.",
        { LastMinute: null } => "It counts from the next samples on.",
        { LastMinute: { } at } => $"Counted up to {RelativeTime.Describe(at, Now, Zone)}.",
        null => "",
    };

    /// <summary>The hours of UTC, said in the reader's zone.</summary>
    private IEnumerable<(DateTimeOffset Hour, SliStep? Step)> Day
    {
        get
        {
            var known = Sli!.Hours.ToDictionary(h => h.Start);
            var newest = new DateTimeOffset(Now.UtcTicks - (Now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
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

    protected override IReadOnlyList<string> Topics => [BackfillRun.Topic(Id)];

    protected override async Task OnParametersSetAsync()
    {
        if (Sli?.Id != Id)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var asked = Id;
        var outcome = await Get.HandleAsync(new GetSli(asked), actor, Left);
        if (asked == Id)
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

    private string Fetching(BackfillProgress fetched)
    {
        var (done, days) = ((fetched.DoneUntil - fetched.Since).TotalDays, (fetched.Until - fetched.Since).TotalDays);
        if (fetched is { HasBegun: false, Problem: null })
            return $"The history of the last days is fetched from {Sli!.SourceName} once the server has been asked for the present, within a minute or so.";
        return fetched.Problem is null
            ? string.Create(CultureInfo.InvariantCulture, $"The history of {days:0} days is being fetched from {Sli!.SourceName}: {done:0.0} days so far. Objectives count it as it comes; you may leave.")
            : string.Create(CultureInfo.InvariantCulture, $"The history of {days:0} days stops after {done:0.0}: {fetched.Problem} It is tried again every minute.");
    }

    private static string Events(EventCounts counts, bool isComposite) => counts.HasData
        ? $"of {counts.Total.ToString("#,0.##", CultureInfo.InvariantCulture)} {(isComposite ? "minutes" : "events")}" : "no events";

    private static string HourTitle(DateTimeOffset hour, SliStep? step) =>
        $"{hour.ToString("HH:mm", CultureInfo.InvariantCulture)}: {(step is null ? "no data" : $"{step.Minutes} of 60 minutes, {step.Total.ToString("N0", CultureInfo.InvariantCulture)} events")}";
}
