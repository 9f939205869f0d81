using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>Nothing here yet: what this is for, and the one step to begin.</summary>
public partial class EmptyState : ComponentBase
{
    [Parameter] public string Icon { get; set; } = "info";

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    [Parameter] public RenderFragment? ChildContent { get; set; }

    [Parameter] public string? Action { get; set; }

    [Parameter] public string? Href { get; set; }

    /// <summary>In place of <see cref="Href"/> when the step is not a link.</summary>
    [Parameter] public RenderFragment? Actions { get; set; }
}
