using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>Not allowed, and who can change that.</summary>
public partial class DeniedState : ComponentBase
{
    [Parameter] public string Title { get; set; } = "Your role does not include this page";

    /// <summary>Who grants the missing permission, as the beginning of a sentence: "An owner of Payments".</summary>
    [Parameter] public string Grantor { get; set; } = "An administrator";

    [Parameter] public RenderFragment? Actions { get; set; }
}
