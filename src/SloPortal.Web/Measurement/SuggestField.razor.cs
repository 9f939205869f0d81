using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Measurement;

/// <summary>A text input with the browser's own completion, filled from the server while somebody types.</summary>
public sealed partial class SuggestField : IDisposable
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(120);

    private readonly CancellationTokenSource left = new();
    private CancellationTokenSource? asking;
    private IReadOnlyList<string> offered = [];

    [Parameter, EditorRequired] public string Id { get; set; } = "";

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter] public string Value { get; set; } = "";

    [Parameter] public EventCallback<string> ValueChanged { get; set; }

    /// <summary>The names to offer for a text.</summary>
    [Parameter, EditorRequired] public Func<string, CancellationToken, Task<IReadOnlyList<string>>> Suggest { get; set; } = default!;

    [Parameter] public string? Placeholder { get; set; }

    [Parameter] public string? Hint { get; set; }

    [Parameter] public string? Error { get; set; }

    [Parameter] public bool Optional { get; set; }

    [Inject] private TimeProvider Clock { get; set; } = default!;

    public void Dispose()
    {
        left.Cancel();
        asking?.Dispose();
        left.Dispose();
    }

    private async Task TypeAsync(string? typed)
    {
        Value = typed ?? "";
        await ValueChanged.InvokeAsync(Value);
        await AskAsync(TypingPause);
    }

    private Task OfferAsync() => AskAsync(TimeSpan.Zero);

    private async Task AskAsync(TimeSpan pause)
    {
        // What was typed may have led to another page.
        if (left.IsCancellationRequested)
            return;
        asking?.Cancel();
        asking?.Dispose();
        asking = CancellationTokenSource.CreateLinkedTokenSource(left.Token);
        var ct = asking.Token;
        try
        {
            await Task.Delay(pause, Clock, ct);
            offered = await Suggest(Value, ct);
        }
        catch (OperationCanceledException)
        {
            // The next key took over, or the page is left.
        }
    }
}
