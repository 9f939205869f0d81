using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Measurement.Sources;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement;

/// <summary>One source: what arrived, what was read, and what was refused and why.</summary>
public sealed partial class SourcePage
{
    private static readonly IReadOnlyList<Crumb> Way = [new("Sources", Routes.Sources)];

    private Refusal? refusal;
    private string? trouble;
    private bool busy;

    [Inject] private GetSource.Handler Get { get; set; } = default!;

    [Inject] private PausePullSource.Handler Pause { get; set; } = default!;

    [Inject] private ResumePullSource.Handler Resume { get; set; } = default!;

    [Parameter] public int Id { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [SupplyParameterFromQuery(Name = "hours")] public int? AskedHours { get; set; }

    /// <summary>What was read, and for how many hours, so that the live page begins with what was prerendered.</summary>
    [PersistentState] public Reading? Shown { get; set; }

    public sealed record Reading(int Hours, SourceDetails Source);

    private SourceDetails? Source => Shown?.Source;

    protected override IReadOnlyList<string> Topics { get; } = ["sources"];

    /// <summary>Every pull of every source is told.</summary>
    protected override TimeSpan AtMostEvery { get; } = TimeSpan.FromSeconds(3);

    /// <summary>What arrives is published by nobody.</summary>
    protected override TimeSpan? AtLeastEvery { get; } = TimeSpan.FromSeconds(15);

    private int Hours => AskedHours == 48 ? 48 : 24;

    private IReadOnlyList<Segment> Views => [new("24 h", Routes.Source(Id), Hours == 24), new("48 h", Routes.Source(Id) + "?hours=48", Hours == 48)];

    private long Busiest => Math.Max(1, Source!.Hours.Max(h => h.Arrived));

    /// <summary>Every hour since the oldest that has something, so that a gap is seen.</summary>
    private IEnumerable<(DateTimeOffset Hour, SourceHour? Counts)> AllHours
    {
        get
        {
            var known = Source!.Hours.ToDictionary(h => h.Hour);
            var newest = new DateTimeOffset(Now.UtcTicks - (Now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
            for (var hour = newest; hour >= Source.Hours[^1].Hour; hour = hour.AddHours(-1))
                yield return (hour, known.GetValueOrDefault(hour));
        }
    }

    private string EditAddress => Source!.Row.Kind switch
    {
        SourceKind.Sql => Routes.EditSqlSource(Id),
        SourceKind.Probe => Routes.EditProbe(Id),
        _ => Routes.EditSource(Id),
    };

    private string Standing => (Source!.Row, Source.Row.State) switch
    {
        ({ Kind: SourceKind.Probe }, SourceState.Waiting) => "It has not run yet.",
        ({ Kind: SourceKind.Probe }, SourceState.Failing) => "The portal itself cannot ask, so nothing is measured.",
        ({ Kind: SourceKind.Probe, LastArrivalAt: { } at }, SourceState.Arriving) => $"It asks {Source.Row.Url}; the last run came {RelativeTime.Describe(at, Now, Zone)}.",
        (_, SourceState.Waiting) => "Nothing came yet.",
        ({ LastArrivalAt: { } at }, SourceState.Stopped) => $"Nothing came since {RelativeTime.Describe(at, Now, Zone)}; SLIs that read it have no data since.",
        (_, SourceState.Failing) => "The last pull failed.",
        ({ LastArrivalAt: { } at }, SourceState.Resting) => $"Rows of files; the last came {RelativeTime.Describe(at, Now, Zone)}.",
        (_, SourceState.Paused) => "Paused by an administrator; nothing is fetched.",
        ({ LastArrivalAt: { } at }, _) => $"By {SourceText.Kind(Source.Row.Kind)}; the last request came {RelativeTime.Describe(at, Now, Zone)}.",
        _ => $"By {SourceText.Kind(Source.Row.Kind)}.",
    };

    protected override async Task OnParametersSetAsync()
    {
        if (Source?.Row.Id != Id || Shown?.Hours != Hours)
            await ReadAsync();
    }

    protected override async Task ReadAsync(Actor actor)
    {
        var asked = (Id, Hours);
        var outcome = await Get.HandleAsync(new GetSource(Id, Hours), actor, Left);
        // While this was read the reader may have moved on; its own reading follows.
        if (asked != (Id, Hours))
            return;
        refusal = outcome.Refusal;
        if (outcome.Succeeded)
            Shown = new Reading(Hours, outcome.Value);
    }

    private async Task PauseOrResumeAsync()
    {
        busy = true;
        var actor = await Current.GetAsync(Left);
        var outcome = Source!.Row.State == SourceState.Paused
            ? await Resume.HandleAsync(new ResumePullSource(Id), actor, Left)
            : await Pause.HandleAsync(new PausePullSource(Id), actor, Left);
        (trouble, busy) = (outcome.Refusal?.Message, false);
        if (outcome.Succeeded)
            await ReadAsync();
    }

    private static string N(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
