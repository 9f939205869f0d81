using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace SloPortal.Web.Shared;

/// <summary>
/// Gives the focus to the heading of a page that was come to inside the circuit, so that a screen reader says where one is. A page that
/// was loaded keeps the focus where its reader has put it: the circuit comes later, when somebody may be typing.
/// </summary>
public sealed class HeadingFocus : ComponentBase
{
    private Type? shown;
    private bool came;

    [Inject] private IJSRuntime Js { get; set; } = default!;

    /// <summary>The component that the router shows.</summary>
    [Parameter, EditorRequired] public Type Page { get; set; } = default!;

    protected override void OnParametersSet()
    {
        // Drawn again before the browser has the page, it has still come.
        came |= shown is not null && shown != Page;
        shown = Page;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!came)
            return;
        came = false;
        try
        {
            await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/arriving.js");
            await module.InvokeVoidAsync("focusHeading");
        }
        catch (JSDisconnectedException)
        {
            // The reader has gone.
        }
    }
}
