using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>
/// A page whose form stands once what it offers and begins with has been read. Until then it shows a <see cref="Skeleton"/>: what a quick
/// hand typed into a form half read would be overwritten.
/// </summary>
public abstract class FormPage : ComponentBase
{
    protected bool IsRead { get; private set; }

    /// <summary>Reads what the form offers and begins with, once.</summary>
    protected abstract Task ReadAsync();

    protected sealed override async Task OnInitializedAsync()
    {
        await ReadAsync();
        IsRead = true;
    }
}
