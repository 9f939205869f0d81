using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>
/// A text filter of a list. It stands in the address, and the list follows while somebody types; what they have typed meanwhile
/// is never taken back by an address that comes late. Before the page lives, Enter sends the form around it.
/// </summary>
public sealed partial class FilterInput : ComponentBase
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(150);

    private readonly Queue<string?> sent = [];
    private CancellationTokenSource? typing;
    private string? known;
    private string text = "";

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    /// <summary>Of the parameter in the address.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <summary>What the address says.</summary>
    [Parameter, EditorRequired] public string? Value { get; set; }

    /// <summary>Type, label, placeholder and the like.</summary>
    [Parameter(CaptureUnmatchedValues = true)] public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    public void Dispose()
    {
        typing?.Cancel();
        typing?.Dispose();
    }

    protected override void OnParametersSet()
    {
        if (Value == known)
            return;
        known = Value;
        // An address that was asked for here comes back; any other one is somebody's who went elsewhere.
        if (sent.Contains(Value))
        {
            while (sent.Dequeue() != Value)
            {
                // Overtaken.
            }
        }
        else
        {
            sent.Clear();
            text = Value ?? "";
        }
    }

    private async Task TypeAsync(string? typed)
    {
        text = typed ?? "";
        typing?.Cancel();
        typing?.Dispose();
        typing = new CancellationTokenSource();
        try
        {
            await Task.Delay(TypingPause, Clock, typing.Token);
        }
        catch (OperationCanceledException)
        {
            // The next key took over.
            return;
        }
        var wanted = FilterNavigation.Wanted(text);
        if (wanted == (sent.Count > 0 ? sent.Last() : known))
            return;
        sent.Enqueue(wanted);
        Navigation.Filter(Name, wanted, replace: true);
    }
}
