using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Measurement.Sources;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Measurement;

/// <summary>One source: what arrived, what was read, and what was refused and why.</summary>
public sealed partial class SourcePage : IDisposable
{
    private static readonly IReadOnlyList<Crumb> Way = [new("Sources", Routes.Sources)];

    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource left = new();
    private ITimer? timer;
    private Refusal? refusal;
    private string? trouble;
    private bool busy;
    private DateTimeOffset now;

    [Inject] private GetSource.Handler Get { get; set; } = default!;

    [Inject] private PausePullSource.Handler Pause { get; set; } = default!;

    [Inject] private ResumePullSource.Handler Resume { get; set; } = default!;

    [Inject] private CurrentActor Current { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Parameter] public int Id { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [SupplyParameterFromQuery(Name = "hours")] public int? AskedHours { get; set; }

    [PersistentState] public SourceDetails? Source { get; set; }

    private int Hours => AskedHours == 48 ? 48 : 24;

    private IReadOnlyList<Segment> Views => [new("24 h", Routes.Source(Id), Hours == 24), new("48 h", Routes.Source(Id) + "?hours=48", Hours == 48)];

    private long Busiest => Math.Max(1, Source!.Hours.Max(h => h.Arrived));

    /// <summary>Every hour since the oldest that has something, so that a gap is seen.</summary>
    private IEnumerable<(DateTimeOffset Hour, SourceHour? Counts)> AllHours
    {
        get
        {
            var known = Source!.Hours.ToDictionary(h => h.Hour);
            var newest = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
            for (var hour = newest; hour >= Source.Hours[^1].Hour; hour = hour.AddHours(-1))
                yield return (hour, known.GetValueOrDefault(hour));
        }
    }

    private string Standing => (Source!.Row, Source.Row.State) switch
    {
        (_, SourceState.Waiting) => "Nothing came yet.",
        ({ LastArrivalAt: { } at }, SourceState.Stopped) => $"Nothing came since {RelativeTime.Describe(at, now, Zone)}; SLIs that read it have no data since.",
        (_, SourceState.Failing) => "The last pull failed.",
        (_, SourceState.Paused) => "Paused by an administrator; nothing is fetched.",
        ({ LastArrivalAt: { } at }, _) => $"By {SourceText.Kind(Source.Row.Kind)}; the last request came {RelativeTime.Describe(at, now, Zone)}.",
        _ => $"By {SourceText.Kind(Source.Row.Kind)}.",
    };

    protected override async Task OnParametersSetAsync()
    {
        now = Clock.GetUtcNow();
        if (Source?.Row.Id != Id || AskedHours is not null)
            await ReadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            timer = Clock.CreateTimer(_ => Again(), null, Refresh, Refresh);
    }

    public void Dispose()
    {
        left.Cancel();
        timer?.Dispose();
        left.Dispose();
    }

    private void Again() => _ = InvokeAsync(async () =>
    {
        if (left.IsCancellationRequested)
            return;
        await ReadAsync();
        StateHasChanged();
    });

    private async Task ReadAsync()
    {
        try
        {
            now = Clock.GetUtcNow();
            var outcome = await Get.HandleAsync(new GetSource(Id, Hours), await Current.GetAsync(left.Token), left.Token);
            (Source, refusal) = (outcome.Value ?? Source, outcome.Refusal);
        }
        catch (OperationCanceledException)
        {
            // The page is left.
        }
    }

    private async Task PauseOrResumeAsync()
    {
        busy = true;
        var actor = await Current.GetAsync(left.Token);
        var outcome = Source!.Row.State == SourceState.Paused
            ? await Resume.HandleAsync(new ResumePullSource(Id), actor, left.Token)
            : await Pause.HandleAsync(new PausePullSource(Id), actor, left.Token);
        (trouble, busy) = (outcome.Refusal?.Message, false);
        await ReadAsync();
    }

    private static string N(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
