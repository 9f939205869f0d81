using Microsoft.AspNetCore.Components;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;

namespace SloPortal.Web.Measurement;

/// <summary>Changes the name and the description of an SLI.</summary>
public sealed partial class SliNamesForm
{
    private string? name;
    private string? description;
    private Refusal? refusal;
    private bool busy;

    [Inject] private RenameSli.Handler Rename { get; set; } = default!;

    [Inject] private CurrentActor Current { get; set; } = default!;

    [Parameter, EditorRequired] public SliDetails Sli { get; set; } = default!;

    /// <summary>Called when the new words are stored.</summary>
    [Parameter] public EventCallback Saved { get; set; }

    /// <summary>Called when nothing is to change.</summary>
    [Parameter] public EventCallback Cancelled { get; set; }

    protected override void OnInitialized() => (name, description) = (Sli.Name, Sli.Description);

    private async Task SaveAsync()
    {
        busy = true;
        refusal = (await Rename.HandleAsync(new RenameSli(Sli.Id, name ?? "", description ?? ""), await Current.GetAsync(), default)).Refusal;
        busy = false;
        if (refusal is null)
            await Saved.InvokeAsync();
    }
}
