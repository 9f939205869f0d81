using Microsoft.AspNetCore.Components;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Sources;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;

namespace SloPortal.Web.Measurement;

/// <summary>Where samples come from, and whether they do.</summary>
public sealed partial class SourcesPage : IDisposable
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource left = new();
    private IDisposable? subscription;
    private ITimer? timer;
    private Refusal? refusal;
    private bool mayAdd;
    private DateTimeOffset now;

    [Inject] private ListSources.Handler List { get; set; } = default!;

    [Inject] private CurrentActor Current { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private PortalEvents Events { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    /// <summary>So that the live page begins with what was prerendered.</summary>
    [PersistentState] public IReadOnlyList<SourceRow>? Rows { get; set; }

    private bool Arriving => Rows?.Any(r => r.State == SourceState.Arriving) == true;

    private string Standing => Rows switch
    {
        null => "Reading the sources.",
        { Count: 0 } => "Nothing arrives yet. A portal measures from the first sample on.",
        var rows => (rows.Count(r => r.State is SourceState.Stopped or SourceState.Failing), rows.Count(r => r.State == SourceState.Arriving)) switch
        {
            (0, var arriving) => $"{arriving} of {rows.Count} {(rows.Count == 1 ? "source" : "sources")} arriving; none needs you.",
            (1, _) => $"{rows[0].Name} {(rows[0].State == SourceState.Failing ? "cannot be pulled" : "sends nothing any more")}.",
            (var n, _) => $"{n} of {rows.Count} sources send nothing any more or cannot be pulled.",
        },
    };

    protected override async Task OnInitializedAsync()
    {
        now = Clock.GetUtcNow();
        mayAdd = (await Current.GetAsync(left.Token)).May(Permission.Administer);
        if (Rows is null)
            await ReadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender)
            return;
        subscription = Events.Subscribe("first-sample", _ => Again());
        timer = Clock.CreateTimer(_ => Again(), null, Refresh, Refresh);
    }

    public void Dispose()
    {
        subscription?.Dispose();
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
            var outcome = await List.HandleAsync(new ListSources(), await Current.GetAsync(left.Token), left.Token);
            (Rows, refusal) = (outcome.Value ?? Rows, outcome.Refusal);
        }
        catch (OperationCanceledException)
        {
            // The page is left.
        }
    }
}
