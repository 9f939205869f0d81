using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>Something failed: what happened, what is safe, what to do, and a reference for the log.</summary>
public partial class ErrorState : ComponentBase
{
    [Parameter] public string Title { get; set; } = "This page could not be loaded";

    [Parameter] public string Safe { get; set; } = "Nothing was changed.";

    [Parameter] public string Advice { get; set; } = "Reload the page. If it fails again, give the reference to your administrator.";

    /// <summary>The trace id under which the log has the rest.</summary>
    [Parameter] public string? Reference { get; set; }

    [Parameter] public RenderFragment? Actions { get; set; }
}
