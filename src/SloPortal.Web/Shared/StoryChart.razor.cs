using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace SloPortal.Web.Shared;

/// <summary>
/// The story of an objective on one time axis. Put it in a <c>.panel</c>. Drawing happens in the browser; the page keeps the
/// range in the address and answers <see cref="OnZoom"/> by navigating.
/// </summary>
public sealed partial class StoryChart : ComponentBase, IAsyncDisposable
{
    private ElementReference element;
    private IJSObjectReference? module;
    private IJSObjectReference? handle;
    private DotNetObjectReference<StoryChart>? self;
    private StoryModel? drawn;
    private bool disposed;
    private bool failed;

    [Inject] private IJSRuntime Js { get; set; } = default!;

    [Inject] private ILogger<StoryChart> Logger { get; set; } = default!;

    /// <summary>Draws again when the reference changes; pass the same one to leave the chart alone.</summary>
    [Parameter, EditorRequired] public StoryModel Model { get; set; } = default!;

    [Parameter] public string Label { get; set; } = "The story of this objective";

    /// <summary>The stretch that the reader dragged over.</summary>
    [Parameter] public EventCallback<StoryRange> OnZoom { get; set; }

    /// <summary>Double click or Escape: one step out.</summary>
    [Parameter] public EventCallback OnZoomOut { get; set; }

    [JSInvokable("OnZoom")]
    public Task ZoomAsync(double fromMs, double toMs) =>
        OnZoom.InvokeAsync(new StoryRange(
            DateTimeOffset.FromUnixTimeMilliseconds((long)fromMs), DateTimeOffset.FromUnixTimeMilliseconds((long)toMs)));

    [JSInvokable("OnZoomOut")]
    public Task ZoomOutAsync() => OnZoomOut.InvokeAsync();

    public async ValueTask DisposeAsync()
    {
        disposed = true;
        self?.Dispose();
        try
        {
            if (handle is not null && module is not null)
            {
                await module.InvokeVoidAsync("dispose", handle);
                await handle.DisposeAsync();
            }

            if (module is not null)
            {
                await module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone and took the chart along.
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            await DrawAsync(firstRender);
        }
        catch (Exception e) when (e is JSDisconnectedException || (disposed && e is ObjectDisposedException))
        {
            // Left while drawing.
        }
        catch (JSException e) when (!failed)
        {
            // A chart that cannot be drawn must not take the page down: its table is still there.
            Logger.LogWarning(e, "The story chart failed in the browser.");
            failed = true;
            StateHasChanged();
        }
    }

    private async Task DrawAsync(bool firstRender)
    {
        if (firstRender)
        {
            drawn = Model;
            module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/story-chart.js");
            self = DotNetObjectReference.Create(this);
            var created = await module.InvokeAsync<IJSObjectReference>("create", element, drawn, self);
            if (disposed)
            {
                await module.InvokeVoidAsync("dispose", created);
                return;
            }

            handle = created;
        }

        // A model that arrived while the library was loading is drawn here as well.
        if (handle is not null && module is not null && !ReferenceEquals(drawn, Model))
        {
            drawn = Model;
            await module.InvokeVoidAsync("update", handle, drawn);
        }
    }
}

/// <summary>A stretch of time, both ends in UTC.</summary>
public readonly record struct StoryRange(DateTimeOffset From, DateTimeOffset To);
