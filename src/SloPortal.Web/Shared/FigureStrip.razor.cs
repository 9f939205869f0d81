using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>The strip of <see cref="FigureTile"/>s under a page's head; it wraps on a phone.</summary>
public partial class FigureStrip : ComponentBase
{
    [Parameter] public string Label { get; set; } = "Key figures";

    [Parameter] public RenderFragment? ChildContent { get; set; }
}
